// Package demo serves the services that rollcall asks on loopback: real HTTP,
// with accounts, tokens, rate limits and failures of its own.
//
// The answers are as the real services give them, refusals and oddities of
// transport included, so that whatever works here works there. Nothing is
// random: the same requests in the same order get the same answers.
package demo
