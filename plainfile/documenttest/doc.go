// Package documenttest holds documents to the code, for tests: the part between
// two marks of a document is what the code says, and its tables name what the code
// knows. It knows no document and none of what they are about.
package documenttest
