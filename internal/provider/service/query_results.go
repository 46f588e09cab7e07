package service

import (
	"fmt"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
)

// QueryResults returns the results of a query: one for each object, up to the limit, where 0 is no limit; or only the diagnostics, if these
// hold an error, so that a list is never silently short. The last result warns if more objects were found. what names the objects, such as
// "lives".
func QueryResults[T any](limit int64, what string, objects []T, diags diag.Diagnostics, result func(T) list.ListResult) iter.Seq[list.ListResult] {
	if diags.HasError() {
		return list.ListResultsStreamDiagnostics(diags)
	}
	return func(push func(list.ListResult) bool) {
		if len(diags) > 0 && !push(list.ListResult{Diagnostics: diags}) {
			return
		}
		for i, object := range objects {
			if limit > 0 && int64(i) == limit {
				return
			}
			batch.CollectGarbage(i, len(objects))
			one := result(object)
			WarnOfLimit(&one, limit, i, len(objects), what)
			if !push(one) {
				return
			}
		}
	}
}

// WarnOfLimit warns, on the last row that a query with a limit reads, that more were found. Terraform reads no further row, and without a
// limit of the configuration's it reads 100. i is the index of the row, and objects names what is listed, such as "lives".
func WarnOfLimit(result *list.ListResult, limit int64, i, found int, objects string) {
	if limit > 0 && int64(i) == limit-1 && found > i+1 {
		result.Diagnostics.AddWarning("A query leaves out what is above its limit", fmt.Sprintf(
			"%d %s were found, and this query lists %d of them. Set a higher `limit` in the list block; without one, Terraform reads 100.", found, objects, limit))
	}
}
