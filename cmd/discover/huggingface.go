package discover

// huggingface are the libraries of Hugging Face, whose file has the token alone.
func huggingface() source {
	addresses := []string{"HF_ENDPOINT"}
	return source{
		tool: "huggingface", provider: "huggingface", variables: variables(addresses, "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"),
		files: []file{{
			paths: []string{
				"$HF_TOKEN_PATH", "$HF_HOME/token", "$XDG_CACHE_HOME/huggingface/token", "~/.cache/huggingface/token", "~/.huggingface/token",
			},
			address: func(m Machine) string { return firstAddress(m, addresses) },
		}},
	}
}
