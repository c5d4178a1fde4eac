package discover

// aws are the tools of AWS, whose requests are signed.
func aws() source {
	const not = "AWS has every request signed, which rollcall does not do; ask with: aws sts get-caller-identity"
	return source{
		tool: "aws", variables: []variable{{name: "AWS_SECRET_ACCESS_KEY", not: not}},
		files: []file{{paths: []string{"$AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"}, not: not}},
	}
}
