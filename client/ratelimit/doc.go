// Package ratelimit reads what the headers of an answer say about budgets of
// requests and cooldowns. It also keeps the budgets of all credentials, so that
// those who share one credential stay within its budget together. It sends no
// request and knows no profile: a credential is a fingerprint to it, and
// whoever uses one a channel.
package ratelimit
