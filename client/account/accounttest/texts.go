package accounttest

import (
	"fmt"
	"reflect"
	"time"
)

// Fill sets every text within v to its own path and an escape character, so that
// a test can tell which field was forgotten. It makes every pointer and slice
// hold something, and leaves times and numbers as they are. v must be settable.
func Fill(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(path + "\x1b")
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			Fill(v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		Fill(v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			Fill(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	}
}

// Texts returns every text within v, in the order of the fields.
func Texts(v reflect.Value) (all []string) {
	switch v.Kind() {
	case reflect.String:
		return []string{v.String()}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return nil
		}
		for i := range v.NumField() {
			all = append(all, Texts(v.Field(i))...)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			all = Texts(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			all = append(all, Texts(v.Index(i))...)
		}
	}
	return all
}
