package discover

import (
	"maps"
	"slices"
	"strings"

	"rollcall/config/credential/extract"
)

// doppler is the command line of Doppler, whose file has tokens by the folders that
// they are for; the first is for all others.
func doppler() source {
	return source{
		tool: "doppler", provider: "doppler", variables: variables(nil, "DOPPLER_TOKEN"),
		files: []file{{
			paths:  []string{"$DOPPLER_CONFIG_DIR/.doppler.yaml", "~/.doppler/.doppler.yaml"},
			format: extract.YAML, tree: dopplerEntries,
		}},
	}
}

// dopplerEntries are the tokens of folders. What begins with secret- or secret2- is the
// name of an entry in the keyring, whose token doppler prints.
func dopplerEntries(m Machine, tree any) (all []entry) {
	scoped := keysOf(keysOf(tree)["scoped"])
	for _, folder := range slices.Sorted(maps.Keys(scoped)) {
		e := entry{part: folder, called: folder, path: "$.scoped" + keyStep(folder) + ".token"}
		switch token := textAt(scoped[folder], "token"); {
		case token == "":
			continue
		case !strings.HasPrefix(token, "secret-") && !strings.HasPrefix(token, "secret2-"):
		case m.has("doppler"):
			e.path, e.command = "", []string{"doppler", "configure", "get", "token", "--plain", "--scope", folder}
		default:
			e.path, e.problem = "", "its token is in the keyring of the system, and doppler, which could print it, is not installed; "+
				"install it, or make a profile with 'rollcall add'"
		}
		all = append(all, e)
	}
	return all
}
