package tracker

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"rollcall/client/demo/demotest"
	"rollcall/client/service"
	"rollcall/client/service/declared"
)

// TestDescriptionFits reads what the tracker answers to each sample by the description
// that the demo's configuration has.
func TestDescriptionFits(t *testing.T) {
	t.Parallel()
	var values map[string]any
	if _, err := toml.Decode(description, &values); err != nil {
		t.Fatal(err)
	}
	s, faults := declared.New("tracker", values)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	demo := Service(demotest.Noon)
	for _, p := range demo.Profiles {
		r := httptest.NewRequest("GET", "http://tracker.example/api/me", nil)
		r.Header.Set("Authorization", "Bearer "+p.Token)
		w := httptest.NewRecorder()
		demo.Handler.ServeHTTP(w, r)
		q, err := s.Sample(p.Token)
		if err != nil {
			t.Fatal(err)
		}
		a := service.Answer{Status: w.Code, Header: w.Header(), Body: w.Body.Bytes(), At: demotest.Noon()}
		trial := s.Try(a, q)
		want := strings.Replace(p.State, "expiring", "healthy", 1) // which the engine tells
		if string(trial.Diagnosis.State) != want || trial.Diagnosis.Code != p.Code || !trial.Promised && w.Code != http.StatusTooManyRequests {
			t.Errorf("%s: %+v", p.Name, trial)
		}
		if limits := s.Limits(w.Header(), demotest.Noon()); len(limits) != 1 || limits[0].ResetAt != demotest.Noon().Add(time.Minute) && limits[0].Remaining == nil {
			t.Errorf("%s: limits %+v", p.Name, limits)
		}
	}
}
