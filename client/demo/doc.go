// Package demo serves the services that rollcall asks on loopback: real HTTP,
// with accounts, tokens, rate limits and failures of its own.
//
// It gives the services their addresses and puts faults before some, and it
// writes the configuration of the sample profiles. What a service answers, and
// to whom, is in the folder of the service. Nothing is random: the same
// requests in the same order get the same answers.
package demo
