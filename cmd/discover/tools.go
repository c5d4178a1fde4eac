package discover

// tools are all that are looked for. A further one is a file of its own, and a
// line here.
func tools() []tool {
	return []tool{
		katapult(), onezone(), gh(), glab(), tea(),
		digitalocean(), hetzner(), linode(), vultr(), civo(), heroku(), fly(), vercel(), netlify(), fastly(), cloudflare(),
		npm(), pypi(), cargo(), circleci(), sentry(), snyk(), sourcegraph(), argocd(), octopus(),
		newTerraform(), vault(), pulumi(), doppler(), okta(), ngrok(), databricks(), datadog(), huggingface(), openai(), anthropic(),
		gemini(), stripe(), twilio(), zendesk(), aws(), netrc(), git(),
	}
}
