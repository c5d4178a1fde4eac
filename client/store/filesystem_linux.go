package store

import "golang.org/x/sys/unix"

// fileSystem names the kind of file system that a folder lies on, and says
// whether it is one of the network or of another program, where the shared
// memory of SQLite's faster journal is not to be trusted.
func fileSystem(dir string) (name string, remote bool) {
	var s unix.Statfs_t
	if unix.Statfs(dir, &s) != nil {
		return "", false
	}
	return kindOfNumber(uint32(s.Type))
}

// kindOfNumber is the kind of file system of a number of linux/magic.h and
// statfs(2).
func kindOfNumber(number uint32) (name string, remote bool) {
	kinds := map[uint32]struct {
		name   string
		remote bool
	}{
		0x6969: {"nfs", true}, 0x517b: {"smb", true}, 0xff534d42: {"cifs", true}, 0xfe534d42: {"smb2", true},
		0x65735546: {"fuse", true}, 0x01021997: {"9p", true}, 0x5346414f: {"afs", true}, 0x564c: {"ncp", true},
		0x00c36400: {"ceph", true}, 0x0bd00bd0: {"lustre", true}, 0x47504653: {"gpfs", true}, 0x786f4256: {"vboxsf", true},
		0xef53: {"ext4", false}, 0x58465342: {"xfs", false}, 0x9123683e: {"btrfs", false}, 0x01021994: {"tmpfs", false},
		0x794c7630: {"overlayfs", false}, 0x2fc12fc1: {"zfs", false}, 0xf2f52010: {"f2fs", false}, 0x4d44: {"vfat", false},
	}
	k := kinds[number]
	return k.name, k.remote
}
