package main

import (
	"os"
	"testing"
)

func TestALicenceIsKnownByItsText(t *testing.T) {
	t.Parallel()
	own, err := os.ReadFile("../../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		string(own): "MPL-2.0",
		"Apache License\n   Version 2.0, January 2004": "Apache-2.0",
		"Redistribution and use in source and\nbinary forms are permitted. Names may not be used to endorse or promote products": "BSD-3-Clause",
		"Redistribution and use in source and binary forms are permitted":                                                        "BSD-2-Clause",
		"Permission is hereby granted, free of charge, to any person, to deal in the Software without restriction":               "MIT",
		"Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted": "ISC",
		"GNU GENERAL PUBLIC LICENSE\nVersion 3":                                                                                    "",
		"Business Source License 1.1. Change License: Mozilla Public License, version 2.0":                                         "",
		"Commons Clause. Permission is hereby granted, free of charge, to any person, to deal in the Software without restriction": "",
		"All rights reserved.": "",
	} {
		if got, err := licenseOf(text); got != want || (err == nil) != (want != "") {
			t.Errorf("%.60q: %q (%v), want %q", text, got, err, want)
		}
	}
}
