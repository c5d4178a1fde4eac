package extract

import (
	"bytes"
	"encoding/json"

	"github.com/theory/jsonpath/spec"
)

// jsonPart is the text at a place in JSON, and another as JSON writes it.
func jsonPart(data []byte, at spec.NormalizedPath, text string) (part, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	value, err := jsonSpan(d, data, at)
	if err != nil {
		return part{}, err
	}
	var written bytes.Buffer
	e := json.NewEncoder(&written)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return part{}, ErrForm
	}
	return part{value, string(bytes.TrimSpace(written.Bytes()))}, nil
}

// jsonSpan is where the value at a place stands in what the decoder reads next.
func jsonSpan(d *json.Decoder, data []byte, at spec.NormalizedPath) (span, error) {
	opened, err := d.Token()
	if err != nil {
		return span{}, ErrMalformed
	}
	if len(at) == 0 {
		end := int(d.InputOffset())
		text, is := opened.(string)
		if !is {
			return span{}, ErrNoText
		}
		return quotedSpan(data, end, text)
	}
	for i := 0; d.More(); i++ {
		wanted := false
		switch s := at[0].(type) {
		case spec.Name:
			key, err := d.Token()
			if err != nil {
				return span{}, ErrMalformed
			}
			wanted = opened == json.Delim('{') && key == string(s)
		case spec.Index:
			wanted = opened == json.Delim('[') && i == int(s)
		}
		if wanted {
			return jsonSpan(d, data, at[1:])
		}
		var other json.RawMessage
		if err := d.Decode(&other); err != nil {
			return span{}, ErrMalformed
		}
	}
	return span{}, ErrNoText
}

// quotedSpan is where a text stands that ends at an offset: from the quote that begins
// it, which is the nearest that makes that text.
func quotedSpan(data []byte, end int, text string) (span, error) {
	for start := end - 2; start >= 0; start-- {
		var got string
		if data[start] == '"' && json.Unmarshal(data[start:end], &got) == nil && got == text {
			return span{start, end}, nil
		}
	}
	return span{}, ErrForm
}
