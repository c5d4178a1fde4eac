package store

import "testing"

// TestKindsOfFileSystems has the numbers of linux/magic.h.
func TestKindsOfFileSystems(t *testing.T) {
	t.Parallel()
	for number, want := range map[uint32]struct {
		name   string
		remote bool
	}{
		0x6969: {"nfs", true}, 0xff534d42: {"cifs", true}, 0xfe534d42: {"smb2", true}, 0x65735546: {"fuse", true}, 0x01021997: {"9p", true},
		0xef53: {"ext4", false}, 0x9123683e: {"btrfs", false}, 0x01021994: {"tmpfs", false}, 0x794c7630: {"overlayfs", false}, 7: {"", false},
	} {
		if name, remote := kindOfNumber(number); name != want.name || remote != want.remote {
			t.Errorf("%#x is %q, %v; want %q, %v", number, name, remote, want.name, want.remote)
		}
	}
	if name, remote := fileSystem("/proc/self/nothing"); name != "" || remote {
		t.Errorf("what is not there lies on %q", name)
	}
}
