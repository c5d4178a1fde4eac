package store

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// fileSystem names the kind of file system that a folder lies on, and says
// whether it is one of the network, where the shared memory of SQLite's faster
// journal is not to be trusted.
func fileSystem(dir string) (name string, remote bool) {
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(dir) + `\`)
	if err != nil {
		return "", false
	}
	var kind [windows.MAX_PATH + 1]uint16
	if windows.GetVolumeInformation(root, nil, 0, nil, nil, nil, &kind[0], uint32(len(kind))) == nil {
		name = windows.UTF16ToString(kind[:])
	}
	return name, windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
