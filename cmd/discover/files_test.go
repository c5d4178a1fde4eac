package discover_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/kballard/go-shellquote"

	"rollcall/config/credential"
)

// fixture is a file of a tool. Each names its source: who says that the tool writes it
// so. "plugins" are the test-fixtures of 1Password/shell-plugins at 0ef2fed.
type fixture struct {
	source, path, text string
	// env and programs are what else the machine has.
	env      map[string]string
	programs []string
	// want are the finds, secrets the ones that their profiles would send.
	want, secrets []string
}

const sedAndGit = "sed git"

func fixtures() map[string]fixture {
	return map[string]fixture{
		"gh": {"plugins/github/test-fixtures/hosts.yml", ".config/gh/hosts.yml",
			"github.com:\n    user: testUser\n    oauth_token: ghp_s3cret01\n    git_protocol: https\n\n" +
				"enterprise.github.com:\n    user: enterpriseUser\n    oauth_token: ghp_s3cret02\n    git_protocol: ssh\n", nil, nil,
			[]string{
				"gh:enterprise.github.com enterprise-github-com (github) https://enterprise.github.com | file ~/.config/gh/hosts.yml yaml $['enterprise.github.com'].oauth_token",
				"gh:github.com github (github)  | file ~/.config/gh/hosts.yml yaml $['github.com'].oauth_token",
			}, []string{"ghp_s3cret02", "ghp_s3cret01"}},
		"gh, users": {"cli/cli at 001d94d: internal/config/config.go (Login, activateUser)", ".config/gh/hosts.yml",
			"github.com:\n    git_protocol: https\n    users:\n        kim:\n            oauth_token: gho_s3cret02\n        sam:\n            oauth_token: gho_s3cret01\n" +
				"    oauth_token: gho_s3cret01\n    user: sam\n", nil, nil,
			[]string{
				"gh:github.com github (github)  | file ~/.config/gh/hosts.yml yaml $['github.com'].users.sam.oauth_token",
				"gh:github.com/kim github-kim (github)  | file ~/.config/gh/hosts.yml yaml $['github.com'].users.kim.oauth_token",
			}, []string{"gho_s3cret01", "gho_s3cret02"}},
		"gh, in the keyring": {"cli/cli at 001d94d: internal/config/config.go (Login, activateUser)", ".config/gh/hosts.yml",
			"github.com:\n    git_protocol: https\n    users:\n        sam:\n    user: sam\n", nil, []string{"gh"},
			[]string{"gh:github.com github (github)  | command gh auth token --hostname github.com --user sam"}, nil},
		"gh, in the keyring and gh gone": {"cli/cli at 001d94d: internal/config/config.go (Login, activateUser)", ".config/gh/hosts.yml",
			"github.com:\n    git_protocol: https\n    users:\n        sam:\n    user: sam\n", nil, nil,
			[]string{"gh:github.com github (github)  | in ~/.config/gh/hosts.yml | its token is in the keyring of the system, and gh, which could print it, " +
				"is not installed; install it, or make a profile with 'rollcall add'"}, nil},
		"glab": {"plugins/gitlab/test-fixtures/glab-config-self-hosted.yaml", ".config/glab-cli/config.yml",
			"git_protocol: ssh\ncheck_update: false\nhosts:\n    gitlab.acme.com:\n        api_protocol: https\n        api_host: api.gitlab.acme.com\n        token: glpat-s3cret01\n" +
				"    gitlab.com:\n        api_protocol: https\n        api_host: gitlab.com\n        token: !!null glpat-s3cret02\n", nil, nil,
			[]string{
				"glab:gitlab.acme.com gitlab-acme-com (gitlab) https://gitlab.acme.com | file ~/.config/glab-cli/config.yml yaml $.hosts['gitlab.acme.com'].token",
				"glab:gitlab.com gitlab (gitlab)  | file ~/.config/glab-cli/config.yml yaml $.hosts['gitlab.com'].token",
			}, []string{"glpat-s3cret01", "glpat-s3cret02"}},
		"tea": {"plugins/gitea/test-fixtures/import_config.yml", ".config/tea/config.yml",
			"logins:\n- name: git.example.com\n  url: https://git.example.com\n  token: s3cret01\n  default: false\n  user: example\n" +
				"- name: gitea.com\n  url: https://gitea.com\n  token: s3cret02\n  insecure: true\npreferences:\n  editor: false\n", nil, nil,
			[]string{
				"tea:git.example.com gitea-git-example-com (gitea) https://git.example.com | file ~/.config/tea/config.yml yaml $.logins[?@.name == 'git.example.com'].token",
				"tea:gitea.com gitea-com (gitea) https://gitea.com | file ~/.config/tea/config.yml yaml $.logins[?@.name == 'gitea.com'].token",
			}, []string{"s3cret01", "s3cret02"}},
		"doctl": {"plugins/digitalocean/test-fixtures/config.yaml; contexts: doctl README, Using multiple accounts", ".config/doctl/config.yaml",
			"access-token: dop_v1_s3cret01\nauth-contexts:\n  team: dop_v1_s3cret02\nconfig: ${HOME}/doctl/config.yaml\ncontext: default\noutput: text\n", nil, nil,
			[]string{
				"doctl:default digitalocean (digitalocean)  | file ~/.config/doctl/config.yaml yaml $['access-token']",
				"doctl:team digitalocean-team (digitalocean)  | file ~/.config/doctl/config.yaml yaml $['auth-contexts'].team",
			}, []string{"dop_v1_s3cret01", "dop_v1_s3cret02"}},
		"hcloud": {"plugins/hcloud/test-fixtures/hcloud.toml", ".config/hcloud/cli.toml",
			"active_context = 'default'\n\n[[contexts]]\nname = 'default'\ntoken = 's3cret01'\n\n[[contexts]]\nname = \"it's prod\"\ntoken = 's3cret02'\n", nil, nil,
			[]string{
				"hcloud:default hetzner (hetzner)  | file ~/.config/hcloud/cli.toml toml $.contexts[?@.name == 'default'].token",
				`hcloud:it's prod hetzner-it-s-prod (hetzner)  | file ~/.config/hcloud/cli.toml toml $.contexts[?@.name == 'it\'s prod'].token`,
			}, []string{"s3cret01", "s3cret02"}},
		"linode": {"plugins/linode/test-fixtures/linode-cli", ".config/linode-cli",
			"[DEFAULT]\ndefault-user = acme\n\n[acme]\ntoken = s3cret01\n\n[prod]\ntoken = s3cret02\n", nil, nil,
			[]string{
				"linode-cli:acme linode-acme (linode)  | file ~/.config/linode-cli ini acme.token",
				"linode-cli:prod linode-prod (linode)  | file ~/.config/linode-cli ini prod.token",
			}, []string{"s3cret01", "s3cret02"}},
		"vultr": {"plugins/vultr/test-fixtures/vultr-cli.yaml", ".vultr-cli.yaml", "api-key: s3cret01\n", nil, nil,
			[]string{"vultr-cli:default vultr (vultr)  | file ~/.vultr-cli.yaml yaml $['api-key']"}, []string{"s3cret01"}},
		"civo": {"plugins/civo/test-fixtures/.civo.json", ".civo.json", "{\n    \"apikeys\": {\n      \"testdemoname\": \"s3cret01\"\n    }\n}\n", nil, nil,
			[]string{"civo:testdemoname civo-testdemoname (civo)  | file ~/.civo.json json $.apikeys.testdemoname"}, []string{"s3cret01"}},
		"netrc": {"plugins/heroku/test-fixtures/netrc, netrc-non-heroku", ".netrc",
			"machine api.heroku.com\n  login wendy@appleseed.com\n  password s3cret01\nmachine git.heroku.com\n  login wendy@appleseed.com\n  password s3cret01\n" +
				"machine someotherwebsite\n  login wendy@appleseed.com\n  password s3cret02\nmachine codeberg.org\n  login wendy password s3cret03\n", nil, nil,
			[]string{
				"netrc:api.heroku.com heroku (heroku)  | file ~/.netrc netrc api.heroku.com",
				"netrc:someotherwebsite  ()  | in ~/.netrc | rollcall does not know which service is at someotherwebsite; if it is one that it knows, make a profile with 'rollcall add'",
				"netrc:codeberg.org gitea-codeberg-org (gitea) https://codeberg.org | file ~/.netrc netrc codeberg.org",
			}, []string{"s3cret01", "s3cret03"}},
		"fly": {"plugins/flyctl/test-fixtures/config.yml", ".fly/config.yml", "access_token: s3cret01\nwire_guard_state: {}\n", nil, nil,
			[]string{"flyctl:default fly (fly)  | file ~/.fly/config.yml yaml $.access_token"}, []string{"s3cret01"}},
		"vercel": {"plugins/vercel/test-fixtures/auth.json", ".local/share/com.vercel.cli/auth.json", "{\n  \"token\": \"s3cret01\"\n}\n", nil, nil,
			[]string{"vercel:default vercel (vercel)  | file ~/.local/share/com.vercel.cli/auth.json json $.token"}, []string{"s3cret01"}},
		"fastly": {"plugins/fastly/test-fixtures/config.toml", ".config/fastly/config.toml",
			"[profile]\n\n[profile.first]\ndefault = true\nemail = \"user@example.com\"\ntoken = \"s3cret01\"\n\n[profile.second]\ndefault = false\ntoken = \"s3cret02\"\n", nil, nil,
			[]string{
				"fastly:first fastly-first (fastly)  | file ~/.config/fastly/config.toml toml $.profile.first.token",
				"fastly:second fastly-second (fastly)  | file ~/.config/fastly/config.toml toml $.profile.second.token",
			}, []string{"s3cret01", "s3cret02"}},
		"npm": {"docs.npmjs.com, npmrc, Auth related configuration; npm/ini", ".npmrc",
			"//registry.npmjs.org/:_authToken=npm_s3cret01\n@mine:registry=https://npm.example.org/a/\n//npm.example.org/a/:_authToken=\"s3cret02\"\n//ci.example.org/:_authToken=${CI_NPM}\n" +
				"//off.example.org/:_authToken=${NOT_SET}\nfund=false\n", map[string]string{"CI_NPM": "s3cret03"}, nil,
			[]string{
				"npm:registry.npmjs.org npm (npm)  | file ~/.npmrc npmrc //registry.npmjs.org/:_authToken",
				"npm:npm.example.org/a npm-example-org-a (npm) https://npm.example.org/a | file ~/.npmrc npmrc //npm.example.org/a/:_authToken",
				"npm:ci.example.org npm-ci-example-org (npm) https://ci.example.org | env CI_NPM",
				"npm:off.example.org npm-off-example-org (npm) https://off.example.org | env NOT_SET | its token comes from the variable NOT_SET, which is not set",
			}, []string{"npm_s3cret01", "s3cret02"}},
		"pnpm": {"pnpm.io, Authentication Settings (auth.ini)", ".config/pnpm/auth.ini", "//registry.npmjs.org/:_authToken=npm_s3cret01\n", nil, nil,
			[]string{"npm:registry.npmjs.org npm (npm)  | file ~/.config/pnpm/auth.ini npmrc //registry.npmjs.org/:_authToken"}, []string{"npm_s3cret01"}},
		"pypi": {"packaging.python.org, The .pypirc file", ".pypirc", "[pypi]\nusername = __token__\npassword = pypi-s3cret01\n", nil, nil,
			[]string{"pypi:default  ()  | in ~/.pypirc | PyPI has no page that says whose a token is, so that rollcall cannot check it"}, nil},
		"cargo": {"plugins/cargo/test-fixtures/credentials.toml", ".cargo/credentials.toml",
			"[registry]\ntoken = \"s3cret01\"\n\n[registries.reg1]\ntoken = \"s3cret02\"\n", nil, nil,
			[]string{"cargo:default crates-io (crates-io)  | file ~/.cargo/credentials.toml toml $.registry.token"}, []string{"s3cret01"}},
		"circleci": {"plugins/circleci/test-fixtures/cli.yaml", ".circleci/cli.yml", "host: https://circleci.com\nendpoint: graphql-unstable\ntoken: s3cret01\nrest_endpoint: api/v2\n", nil, nil,
			[]string{"circleci:default circleci (circleci)  | file ~/.circleci/cli.yml yaml $.token"}, []string{"s3cret01"}},
		"sentry": {"plugins/sentry/test-fixtures/.sentryclirc", ".sentryclirc",
			"[defaults]\nurl = https://sentry.acme.com/\nproject = my-project\norg = acme\n\n[auth]\ntoken = s3cret01\n", nil, nil,
			[]string{"sentry-cli:default sentry (sentry) https://sentry.acme.com | file ~/.sentryclirc ini auth.token"}, []string{"s3cret01"}},
		"snyk": {"plugins/snyk/test-fixtures/snyk.json", ".config/configstore/snyk.json", "{\n  \"api\": \"s3cret01\"\n}\n", nil, nil,
			[]string{"snyk:default snyk (snyk)  | file ~/.config/configstore/snyk.json json $.api"}, []string{"s3cret01"}},
		"argocd": {"plugins/argocd/test-fixtures/config", ".config/argocd/config",
			"contexts:\n- name: test-context\n  server: argocd.test.domain\n  user: test-user\ncurrent-context: test-context\nservers:\n- server: argocd.test.domain\n" +
				"users:\n- name: test-user\n  auth-token: s3cret01\n", nil, nil,
			[]string{"argocd:test-user argocd-test-user (argocd) https://argocd.test.domain | file ~/.config/argocd/config yaml $.users[?@.name == 'test-user']['auth-token']"},
			[]string{"s3cret01"}},
		"octopus": {"plugins/octopus/test-fixtures/cli_config.json", ".config/octopus/cli_config.json",
			"{\n  \"accesstoken\": \"\",\n  \"apikey\": \"API-S3CRETs3cret\",\n  \"space\": \"Default\",\n  \"url\": \"https://my.octopus.app\"\n}\n", nil, nil,
			[]string{"octopus:default octopus (octopus) https://my.octopus.app | file ~/.config/octopus/cli_config.json json $.apikey"}, []string{"API-S3CRETs3cret"}},
		"terraform": {"developer.hashicorp.com, terraform login (credentials.tfrc.json)", ".terraform.d/credentials.tfrc.json",
			"{\n  \"credentials\": {\n    \"app.terraform.io\": {\n      \"token\": \"s3cret01\"\n    },\n    \"tfe.example.org\": {\n      \"token\": \"s3cret02\"\n    }\n  }\n}\n", nil, nil,
			[]string{
				"terraform:app.terraform.io terraform (terraform)  | file ~/.terraform.d/credentials.tfrc.json json $.credentials['app.terraform.io'].token",
				"terraform:tfe.example.org terraform-tfe-example-org (terraform) https://tfe.example.org | file ~/.terraform.d/credentials.tfrc.json json $.credentials['tfe.example.org'].token",
			}, []string{"s3cret01", "s3cret02"}},
		"vault": {"developer.hashicorp.com, Token helpers (the default one)", ".vault-token", "hvs.s3cret01", map[string]string{"VAULT_ADDR": "https://vault.example:8200/"}, nil,
			[]string{"vault:default vault (vault) https://vault.example:8200 | file ~/.vault-token"}, []string{"hvs.s3cret01"}},
		"vault, nowhere": {"developer.hashicorp.com, Token helpers (the default one)", ".vault-token", "hvs.s3cret01", nil, nil,
			[]string{"vault:default vault (vault)  | file ~/.vault-token | its address is not known; make a profile with 'rollcall add'"}, nil},
		"pulumi": {"plugins/pulumi/test-fixtures/credentials.json", ".pulumi/credentials.json",
			"{\n    \"current\": \"https://api.pulumi.com\",\n    \"accessTokens\": {\n        \"http://localhost:8080\": \"pul-s3cret01\",\n        \"https://api.pulumi.com\": \"pul-s3cret01\",\n" +
				"        \"s3://checkpoints\": \"\"\n    }\n}\n", nil, nil,
			[]string{
				"pulumi:http://localhost:8080 pulumi-http-localhost-8080 (pulumi) http://localhost:8080 | file ~/.pulumi/credentials.json json $.accessTokens['http://localhost:8080']",
				"pulumi:https://api.pulumi.com pulumi (pulumi)  | file ~/.pulumi/credentials.json json $.accessTokens['https://api.pulumi.com']",
			}, []string{"pul-s3cret01", "pul-s3cret01"}},
		"doppler": {"plugins/doppler/test-fixtures/doppler.yaml", ".doppler/.doppler.yaml",
			"scoped:\n  /:\n    token: dp.ct.s3cret01\n    enclave.project: example-project\n  /home/user/app:\n    token: dp.st.dev.s3cret02\n", nil, nil,
			[]string{
				"doppler:/ doppler (doppler)  | file ~/.doppler/.doppler.yaml yaml $.scoped['/'].token",
				"doppler:/home/user/app doppler-home-user-app (doppler)  | file ~/.doppler/.doppler.yaml yaml $.scoped['/home/user/app'].token",
			}, []string{"dp.ct.s3cret01", "dp.st.dev.s3cret02"}},
		"doppler, in the keyring": {"DopplerHQ/cli at 097ffc6: pkg/keyring/keyring.go, pkg/configuration/config.go", ".doppler/.doppler.yaml",
			"scoped:\n  /:\n    token: secret2-5d1f0c8e\n    enclave.project: example-project\n", nil, []string{"doppler"},
			[]string{"doppler:/ doppler (doppler)  | command doppler configure get token --plain --scope /"}, nil},
		"doppler, in the keyring and doppler gone": {"DopplerHQ/cli at 097ffc6: pkg/keyring/keyring.go", ".doppler/.doppler.yaml",
			"scoped:\n  /:\n    token: secret-5d1f0c8e\n", nil, nil,
			[]string{"doppler:/ doppler (doppler)  | in ~/.doppler/.doppler.yaml | its token is in the keyring of the system, and doppler, which could print it, " +
				"is not installed; install it, or make a profile with 'rollcall add'"}, nil},
		"glab, in the keyring": {"gitlab-org/cli, merge request 1227 (no token in the file: the keyring)", ".config/glab-cli/config.yml",
			"hosts:\n    gitlab.com:\n        user: sam\n    other.example:\n        token:\n", nil, nil,
			[]string{"glab:gitlab.com gitlab-com (gitlab)  | in ~/.config/glab-cli/config.yml | its token is not in the file but in the keyring of the system; " +
				"make a profile with: rollcall add --provider gitlab --command 'glab config get token --host gitlab.com'"}, nil},
		"okta": {"plugins/okta/test-fixtures/okta.yaml", ".okta/okta.yaml", "okta:\n  client: {orgUrl: 'https://acme.okta.com', token: s3cret01}\n", nil, nil,
			[]string{"okta:default okta (okta) https://acme.okta.com | file ~/.okta/okta.yaml yaml $.okta.client.token"}, []string{"s3cret01"}},
		"ngrok": {"plugins/ngrok/test-fixtures/config.yml", ".config/ngrok/ngrok.yml", "api_key: s3cret01\nauthtoken: s3cret02\nversion: \"2\"\n", nil, nil,
			[]string{"ngrok:default ngrok (ngrok)  | file ~/.config/ngrok/ngrok.yml yaml $.api_key"}, []string{"s3cret01"}},
		"databricks": {"plugins/databricks/test-fixtures/databrickscfg", ".databrickscfg",
			"[DEFAULT]\nhost = https://myinstance.azuredatabricks.net\nusername = bob@company.com\npassword = s3cret00\njobs-api-version = 2.1\n\n" +
				"[secondprofile]\nhost = https://myinstance.databricks.com\ntoken = dapis3cret01-2\n\n[thirdprofile]\nhost = https://myinstance.databricks.com\ntoken = dapis3cret01-2\n", nil, nil,
			[]string{"databricks:secondprofile databricks-secondprofile (databricks) https://myinstance.databricks.com | file ~/.databrickscfg ini secondprofile.token | also databricks:thirdprofile"},
			[]string{"dapis3cret01-2"}},
		"datadog": {"plugins/datadog/test-fixtures/.dogrc", ".dogrc", "[Connection]\napikey = s3cret01\nappkey = s3cret02\n", nil, nil,
			[]string{"datadog:default datadog (datadog)  | in ~/.dogrc | Datadog wants a second secret beside it (DD-APPLICATION-KEY); write the profile with token and second_token"}, nil},
		"huggingface": {"plugins/huggingface/test-fixtures/token", ".cache/huggingface/token", "hf_s3cret01\n", nil, nil,
			[]string{"huggingface:default huggingface (huggingface)  | file ~/.cache/huggingface/token"}, []string{"hf_s3cret01"}},
		"stripe": {"plugins/stripe/test-fixtures/config.toml; stars: stripe-cli, pkg/config (keys that are in the keyring)", ".config/stripe/config.toml",
			"color = ''\nproject-name = 'default'\n\n[default]\naccount_id = 'demo_account'\nlive_mode_api_key = 'rk_live_*********s3cr'\ntest_mode_api_key = 'sk_s3cret01'\n\n" +
				"[custom]\ntest_mode_api_key = 'sk_s3cret02'\n", nil, nil,
			[]string{
				"stripe:custom stripe-custom (stripe)  | file ~/.config/stripe/config.toml toml $.custom.test_mode_api_key",
				"stripe:default stripe (stripe)  | file ~/.config/stripe/config.toml toml $.default.test_mode_api_key",
				"stripe:default-2 stripe (stripe)  | file ~/.config/stripe/config.toml toml $.default.live_mode_api_key | " +
					"what is there has stars or dots in place of what was hidden; copy it from where it is shown in full",
			}, []string{"sk_s3cret02", "sk_s3cret01"}},
		"git": {"git-scm.com, git-credential-store, STORAGE FORMAT", ".git-credentials",
			"https://sam:ghp_s3cret%2F01@github.com\nhttps://kim:s3cret02@git.example.org\nhttp://sam:s3cret03@gitlab.com\n", nil, strings.Fields(sedAndGit),
			[]string{
				`git:github.com/sam github (github)  | command sh -c 'printf '\''protocol=https\nhost=%s\nusername=%s\n\n'\'' "$1" "$2" | git credential-store --file "$3" get | sed -n '\''s/^password=//p'\' ` +
					`git github.com sam 'HOME/.git-credentials'`,
				"git:git.example.org/kim  ()  | in ~/.git-credentials | rollcall does not know which service is at git.example.org; if it is one that it knows, make a profile with 'rollcall add'",
				"git:gitlab.com/sam gitlab (gitlab)  | in ~/.git-credentials | the token is a part of an address, which a profile cannot refer to; make a profile with 'rollcall add'",
			}, []string{"ghp_s3cret/01"}},
		"katapult": {"katapult-cli, config (viper: keys in any case)", ".katapult/katapult.yaml", "\ufeffAPI_TOKEN: kt-s3cret01 # mine\r\n'Api_Url': \"https://k.example/\"\r\n", nil, nil,
			[]string{"katapult-cli:default katapult (katapult) https://k.example | file ~/.katapult/katapult.yaml yaml $.API_TOKEN"}, []string{"kt-s3cret01"}},
	}
}

// TestFiles reads the files of tools as these write them, and has each profile that
// would be made of them give the very secret.
func TestFiles(t *testing.T) {
	for name, tt := range fixtures() {
		t.Run(name, func(t *testing.T) {
			if tt.source == "" {
				t.Error("nobody says that it is written so")
			}
			m := home{files: map[string]string{tt.path: tt.text}, env: tt.env, programs: tt.programs}.machine(t)
			var got []string
			for _, f := range wantFinds(t, m, tt.want...) {
				d := f.Draft
				if f.Problem != "" || d.Source == credential.SourceEnv {
					continue
				}
				d.Reference = strings.Replace(d.Reference, "~/", m.Home+"/", 1)
				c, err := d.Credential()
				if err != nil {
					t.Fatal(err)
				}
				if args, _ := shellquote.Split(d.Reference); d.Source == credential.SourceCommand {
					if _, err := exec.LookPath(args[0]); err != nil || args[0] == "gh" || args[0] == "doppler" {
						continue
					}
				}
				secret, _, err := c.Resolve(t.Context())
				if err != nil {
					t.Errorf("%s: %v", f.Name, err)
				}
				got = append(got, secret)
			}
			if strings.Join(got, " ") != strings.Join(tt.secrets, " ") {
				t.Errorf("the secrets are %q, want %q", got, tt.secrets)
			}
		})
	}
}
