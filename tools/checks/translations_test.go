package main

import (
	"strings"
	"testing"
)

const englishPage = `---
page_title: "Start"
---

# Start

Go [on](next.md#now) and [back](start.ko.md).

` + "```shell\nmake demo # a day\n```" + `

## Then

- one
- two

| a | b |
|---|---|
`

const koreanPage = `---
page_title: "시작"
---

# 시작

[뒤로](start.md) 또는 [다음](next.md#지금)으로 갑니다.

` + "```shell\n# 하루\nmake demo\n```" + `

## 그다음

- 하나
- 둘

| 가 | 나 |
|---|---|
`

func TestMatchingTranslationPasses(t *testing.T) {
	t.Parallel()
	if problems := outOfStep(parsePage([]byte(englishPage)), parsePage([]byte(koreanPage))); len(problems) > 0 {
		t.Error(problems)
	}
}

func TestOutdatedTranslationIsFound(t *testing.T) {
	t.Parallel()
	for change, want := range map[[2]string]string{
		{"make demo", "make test"}: "code",
		{"## 그다음", "### 그다음"}:      "level",
		{"## 그다음", "그다음"}:          "headings",
		{"- 둘\n", ""}:              "lists",
		{"|---|---|\n", ""}:        "tables",
		{"next.md#지금", "other.md"}: "links",
		{"뒤로", "back"}:             "",
		{"- 하나\n- 둘\n\n| 가 | 나 |", "- one\n- two\n\n| a | b |"}: "not translated",
	} {
		changed := strings.Replace(koreanPage, change[0], change[1], 1)
		if changed == koreanPage {
			t.Fatalf("%q is not in the page", change[0])
		}
		problems := strings.Join(outOfStep(parsePage([]byte(englishPage)), parsePage([]byte(changed))), "\n")
		if (problems != "") != (want != "") || !strings.Contains(problems, want) {
			t.Errorf("%q instead of %q: %q, want %q", change[1], change[0], problems, want)
		}
	}
}
