package export

import (
	"bufio"
	"io"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"

	"rollcall/client/text"
)

// WriteOpenMetrics writes a report in the text format of OpenMetrics 1.0
// (https://prometheus.io/docs/specs/om/open_metrics_spec/).
func WriteOpenMetrics(w io.Writer, r *Report) error {
	one := func(w io.Writer, f *dto.MetricFamily) (int, error) { return expfmt.MetricFamilyToOpenMetrics(w, f) }
	if err := write(w, r, one); err != nil {
		return err
	}
	_, err := expfmt.FinalizeOpenMetrics(w)
	return err
}

// WriteText writes a report in the older text format of Prometheus, which is also that of
// the text files that its node exporter collects.
func WriteText(w io.Writer, r *Report) error { return write(w, r, expfmt.MetricFamilyToText) }

// write has the library write what there is a sample of.
func write(w io.Writer, r *Report, one func(io.Writer, *dto.MetricFamily) (int, error)) error {
	out := bufio.NewWriter(w)
	for _, f := range families() {
		m := f.gather(r)
		if len(m.Metric) == 0 {
			continue
		}
		if _, err := one(out, m); err != nil {
			return err
		}
	}
	return out.Flush()
}

// gather is the metric as the library has it, with the samples of a report. There is no
// registry in between: the table has no two of one name, and all samples are made anew
// from the report.
func (f family) gather(r *Report) *dto.MetricFamily {
	kind := dto.MetricType_GAUGE
	if f.counts {
		kind = dto.MetricType_COUNTER
	}
	all := &dto.MetricFamily{Name: &f.name, Help: &f.help, Type: &kind}
	f.samples(r, func(value float64, labels ...string) {
		pairs, room := make([]*dto.LabelPair, len(labels)), make([]dto.LabelPair, len(labels))
		for i := range labels {
			labels[i] = text.Harmless(labels[i])
			room[i].Name, room[i].Value = &f.labels[i], &labels[i]
			pairs[i] = &room[i]
		}
		m := &dto.Metric{Label: pairs}
		if f.counts {
			m.Counter = &dto.Counter{Value: &value}
		} else {
			m.Gauge = &dto.Gauge{Value: &value}
		}
		all.Metric = append(all.Metric, m)
	})
	return all
}
