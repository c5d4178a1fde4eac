// Package ratelimit reads what the headers of an answer say of budgets of
// requests and of times to wait, and keeps a ledger of the budgets of all
// credentials, so that those who share one stay within it together. It sends
// nothing, and knows no profile: a credential is a fingerprint, a user of one is a
// channel.
package ratelimit
