package discover

// cloudflare are wrangler and the provider for Terraform.
func cloudflare() source {
	return source{tool: "cloudflare", provider: "cloudflare", variables: variables(nil, "CLOUDFLARE_API_TOKEN")}
}
