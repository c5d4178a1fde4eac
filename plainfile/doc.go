// Package plainfile reads what should be a small ordinary file, and takes locks, which
// are such files, too.
//
// A path can lead to something else, by mistake or by malice: to a folder, a pipe that
// nobody writes to, a device without an end, gigabytes, a disk that does not answer.
// Here nothing of that keeps anybody waiting, and the error is a sentence that names the
// file and says what to do. The package knows nothing of what is in a file.
package plainfile
