package cmd

import (
	"maps"
	"slices"
	"testing"

	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/config/credential/extract"
)

// The forms of texts in the configuration, as patterns.
const (
	durationPattern = `^(0|(([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h|d|w|y))+)$`
	namePattern     = `^[^\s-](.*\S)?$`
	servicePattern  = `^[a-z0-9][a-z0-9._-]*$`
	baseURLPattern  = `^\s*[Hh][Tt][Tt][Pp][Ss]?://[^/?#@\s]+[^?#]*$`
	proxyPattern    = `^\s*([Hh][Tt][Tt][Pp][Ss]?|[Ss][Oo][Cc][Kk][Ss]5[Hh]?)://`
)

// configDefinitions are what configurations are made of, besides services.
func configDefinitions(t *testing.T) part {
	return append(serviceDefinitions(),
		keyword{"service", told("The description of a service.", serviceSchema(t))},
		keyword{"keys", schemaOf("type", []string{"string", "array"}, "items", schemaOf("type", "string"))},
		keyword{"duration", told("A span of time such as 90s, 12h or 14d.", textLike(durationPattern))},
		keyword{"credential", credentialSchema()},
		keyword{"profile", told("A profile: a service and a credential.", profileSchema())},
	)
}

// configSchema is the configuration.
func configSchema() part {
	table := func(names, of part) part {
		return schemaOf("type", "object", "propertyNames", names, "additionalProperties", of)
	}
	properties := schemaOf(
		"$schema", told("The schema of this file, for editors.", schemaOf("type", "string")),
		"default_profile", told("The profile that is active unless another is chosen.", refTo("words")),
		"refresh_interval", told("The time between automatic checks; 0s for none.", refTo("duration").with("default", "60s")),
		"request_timeout", told("How long one attempt may take.", refTo("duration").with("default", "10s")),
		"expiry_warning", told("How long before its end a token is to be renewed.", refTo("duration").with("default", "14d")),
		"ui", told("How the dashboard looks and behaves.", uiSchema()),
		"services", told("Services that this file describes itself, by name.",
			table(textLike(servicePattern).with("not", oneOfWords(builtInNames())), refTo("service"))),
		"profiles", told("The profiles, by name.", table(textLike(namePattern), refTo("profile"))),
		"views", told("Saved views, by name.", table(textLike(namePattern).with("not", oneOfWords(config.BuiltInViews())), viewSchema())),
		"commands", told("Commands of your own, for the selected profile or all that are marked.", schemaOf("type", "array", "items", commandSchema())),
		"hooks", told("Programs that are told of what happens, a line of JSON each.", schemaOf("type", "array", "items", hookSchema())),
	)
	return schemaOf("type", "object", "properties", properties, "additionalProperties", false)
}

func uiSchema() part {
	keys := part{}
	for _, action := range config.Actions() {
		keys = keys.with(action, refTo("keys"))
	}
	boolean := schemaOf("type", "boolean")
	return schemaOf("type", "object", "properties", schemaOf(
		"theme", told("A theme by name: a file of the folder themes is one, too.",
			schemaOf("type", "string", "anyOf", []part{oneOfWords(config.Themes()), textLike(`^[A-Za-z0-9_-]+$`)}, "default", "auto")),
		"mouse", told("Whether the mouse is heard.", boolean.with("default", true)),
		"avatars", told("Whether pictures of users are shown.", boolean.with("default", true)),
		"remember", told("Whether the screen comes back as it was left.", boolean.with("default", true)),
		"notify", told("Whether the terminal is told of changes of state.", boolean.with("default", false)),
		"keys", told("The keys of actions, a key or a list of them.", schemaOf("type", "object", "properties", keys, "additionalProperties", false)),
	), "additionalProperties", false)
}

func viewSchema() part {
	words := viewWords()
	var sorts []string
	for _, sort := range words.Sorts {
		sorts = append(sorts, sort, "-"+sort)
	}
	return schemaOf("type", "object", "properties", schemaOf(
		"query", told("Which profiles are in it, such as tag:client !ok; all where nothing is said.", refTo("words")),
		"sort", told("Their order; - before it turns it round.", oneOfWords(sorts)),
		"columns", told("What is shown of each.", listOf(oneOfWords(words.Columns)).with("uniqueItems", true)),
	), "additionalProperties", false)
}

func commandSchema() part {
	return schemaOf("type", "object", "properties", schemaOf(
		"name", told("What the command is called.", textLike(namePattern).with("not", oneOfWords(config.Actions()))),
		"key", told("The key that runs it; without one it runs from the palette.", schemaOf("type", "string", "minLength", 1)),
		"run", told("A program and its arguments; no shell takes them apart. {profile}, {user} and {url} are filled in, and so is a variable at the beginning of an argument.",
			listOf(schemaOf("type", "string"))),
		"credential", told("Whether it gets the variables of exec, which hold the secret.", schemaOf("type", "boolean")),
		"screen", told("keep runs it behind the dashboard.", oneOfWords([]string{"keep"})),
	), "additionalProperties", false, "required", []string{"name", "run"})
}

func hookSchema() part {
	return schemaOf("type", "object", "properties", schemaOf(
		"on", told("What the program is told of.", listOf(oneOfWords(config.HookEvents())).with("uniqueItems", true)),
		"run", told("The program and its arguments; no shell takes them apart. A variable at the beginning of an argument is filled in.",
			listOf(schemaOf("type", "string"))),
	), "additionalProperties", false, "required", []string{"on", "run"})
}

// credentialSchema is a secret, or exactly one place where it is.
func credentialSchema() part {
	forms := map[credential.Source]part{
		credential.SourceEnv:     told("The name of an environment variable.", textLike(variablePattern)),
		credential.SourceFile:    told("The path of a file.", schemaOf("type", "string", "minLength", 1)),
		credential.SourceCommand: told("A program and its arguments, which prints the secret on its first line.", listOf(schemaOf("type", "string"))),
		credential.SourceKeyring: told("Service and user of an entry in the system's keyring, such as rollcall/work.", textLike(`^([^/]+|.+/[^/]+)$`)),
	}
	places := part{}
	for _, n := range credential.Notations() {
		places = places.with(string(n.Source), forms[n.Source])
	}
	within := without("format", "path")
	return told("A secret: the text itself, or a table with the one place where it is.", schemaOf(
		"type", []string{"string", "object"}, "minLength", 1,
		"properties", places.with(
			"format", told("The format of a file that holds more than the secret.", oneOfWords(extract.Formats())),
			"path", told("Where in that file the secret is.", refTo("words"))),
		"additionalProperties", false,
		"if", schemaOf("type", "object"), "then", schemaOf("oneOf", havingOneOf(places.names()), "allOf", []part{
			schemaOf("if", schemaOf("not", having(string(credential.SourceFile))), "then", within),
			withKey("format", "path"), withKey("path", "format"),
		})))
}

// withKey has the one key wherever it has the other.
func withKey(key, other string) part { return schemaOf("if", having(key), "then", having(other)) }

// profileSchema is a profile. What it can have depends on its service: those that rollcall
// comes with are known to it as they are shipped.
func profileSchema() part {
	boolean, file := schemaOf("type", "boolean"), refTo("words")
	names := slices.Sorted(maps.Keys(providersByName()))
	properties := schemaOf(
		"provider", told("The service: one that rollcall comes with, or one that is described.",
			schemaOf("type", "string", "anyOf", []part{oneOfWords(names), textLike(servicePattern)})),
		"base_url", told("The address of the installation, where it is not the public one.", textLike(baseURLPattern)),
		"token", told("The token.", refTo("credential")),
		"username", told("The user name, where the service takes one.", textLike(`^[^:]+$`)),
		"password", told("The password, with a user name in place of a token.", refTo("credential")),
		"second_token", told("The second secret, where the service wants two.", refTo("credential")),
		"label", told("What is shown beside the name.", schemaOf("type", "string")),
		"tags", told("Words to find it by.", schemaOf("type", "array", "items", textLike(`^[^,]*[^\s,][^,]*$`))),
		"refresh_interval", told("As at the top of the file, for this profile.", refTo("duration")),
		"request_timeout", told("As at the top of the file, for this profile.", refTo("duration")),
		"ca_file", told("A file with the certificates to trust.", file),
		"client_cert", told("A file with a certificate to show.", file),
		"client_key", told("The file with its key.", file),
		"proxy", told("The address of a proxy.", textLike(proxyPattern)),
		"insecure_skip_verify", told("Whether any certificate will do.", boolean),
		"disabled", told("Whether the profile is switched off.", boolean),
		"identity", told("The user's id that must answer; the first one where nothing is said.", refTo("words")),
	)
	all := []part{
		withKey("client_cert", "client_key"), withKey("client_key", "client_cert"),
		withKey("password", "username"),
		schemaOf("if", having("token"), "then", without("password")),
		schemaOf("if", schemaOf("not", having("password")), "then", having("token")),
	}
	return schemaOf("type", "object", "properties", properties, "required", []string{"provider"},
		// What else there may be are parts of the address.
		"additionalProperties", textLike(partPattern),
		"allOf", append(all, byService(properties.names())...))
}

// providersByName are the services that rollcall comes with, an other name counted as
// one of its own.
func providersByName() map[string]config.Provider {
	all := map[string]config.Provider{}
	for _, p := range builtIn().known().Known {
		if p.Late != nil {
			p = p.Late()
		}
		all[p.Name] = p
		if p.Alias != "" {
			all[p.Alias] = p
		}
	}
	return all
}

func builtInNames() (all []string) {
	for _, p := range builtIn().known().Known {
		if !p.Shipped {
			all = append(all, p.Name)
		}
	}
	return all
}

// byService are the keys that profiles of some services must or must not have.
func byService(keys []string) (all []part) {
	services := providersByName()
	names := slices.Sorted(maps.Keys(services))
	where := func(is func(config.Provider) bool, then part) {
		var some []string
		for _, name := range names {
			if is(services[name]) {
				some = append(some, name)
			}
		}
		all = append(all, schemaOf("if", having("provider").with("properties", schemaOf("provider", schemaOf("enum", some))), "then", then))
	}
	where(func(p config.Provider) bool { return p.DefaultURL == "" }, having("base_url"))
	where(func(p config.Provider) bool { return p.SecondToken }, having("second_token"))
	where(func(p config.Provider) bool { return !p.SecondToken }, without("second_token"))
	where(func(p config.Provider) bool { return p.UserToken }, having("username"))
	where(func(p config.Provider) bool { return !p.UserToken && !p.Basic }, without("username"))
	where(func(p config.Provider) bool { return !p.UserToken }, schemaOf("if", having("token"), "then", without("username")))
	where(func(p config.Provider) bool { return !p.Basic }, without("password"))
	where(func(p config.Provider) bool { return p.Anonymous }, without("identity"))
	where(func(p config.Provider) bool { return len(p.Parts) == 0 }, schemaOf("propertyNames", schemaOf("enum", keys)))
	for _, name := range names {
		p := services[name]
		if len(p.Parts) == 0 || name != p.Name {
			continue
		}
		where(func(q config.Provider) bool { return q.Name == name }, withParts(keys, p))
	}
	return all
}

// withParts has the keys of a profile, and the parts of the address of its service.
func withParts(keys []string, p config.Provider) part {
	parts := part{}
	var conditions []part
	for _, one := range p.Parts {
		keys = append(keys[:len(keys):len(keys)], one.Name)
		value := textLike(partPattern)
		if one.Allowed != nil {
			value = oneOfWords(one.Allowed)
		}
		parts = parts.with(one.Name, value)
		if one.Host {
			conditions = append(conditions, schemaOf("if", having("base_url"), "then", without(one.Name), "else", having(one.Name)))
		} else {
			conditions = append(conditions, having(one.Name))
		}
	}
	return schemaOf("propertyNames", schemaOf("enum", keys), "properties", parts, "allOf", conditions)
}
