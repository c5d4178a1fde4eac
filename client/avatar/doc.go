// Package avatar fetches the pictures of people and caches them. It knows no
// credential and no account, and sends nothing into a private network except to
// the service that named the picture.
package avatar
