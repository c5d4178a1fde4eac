package service

// Demanding is a service that wants more of a profile than an address and one
// credential.
type Demanding interface {
	Demand() Demand
}

// Demand is what a service wants of a profile besides.
type Demand struct {
	// Parts are the parts of the address that the profile sets, in the order of the
	// address.
	Parts []AddressPart
	// UserToken is set where a user name belongs to the token, SecondToken where the
	// service wants two secrets.
	UserToken, SecondToken bool
}

// AddressPart is a part of an address that the service leaves open.
type AddressPart struct {
	// Name is its key in the configuration: "site".
	Name string
	// Allowed are the values that there are; nil for any.
	Allowed []string
	// Host is set where the part lies in the host, so that a profile with an address of
	// its own does not need it.
	Host bool
}
