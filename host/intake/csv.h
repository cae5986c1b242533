/*
 * Tables that people export: CSV as RFC 4180 has it, read strictly. A file is taken whole or not
 * at all, because half a pay run is worse than none.
 */
#ifndef FERRY_INTAKE_CSV_H
#define FERRY_INTAKE_CSV_H

#include "intake/intake.h"

#define CSV_BYTES_MAX ((size_t)16 << 20)
#define CSV_CELLS_MAX 256
#define CSV_ROWS_MAX  100000

/*
 * Call `each` with every row below the first, which names the columns:
 *
 *     {"file": file, "line": 2, "cells": {"Date": "2026-06-19", "Debit": "52000.00"}}
 *
 * `line` is where the row begins in the file, from 1. Blank cells are left out, and so are rows
 * without any other. What stands in quotes stays as it is; blanks around other cells go. The
 * separator is the one of comma, semicolon and tab that the first line has most of. Lines end with
 * CRLF or LF; a byte order mark is skipped. Pure: no I/O.
 *
 * bytes    borrowed; at most CSV_BYTES_MAX
 * file     how people know it: in every record and every error
 * errors   REJECTED "csv", naming file and line, before the first call of `each`: not UTF-8, a
 *          name given twice, a row longer or shorter than the first, a quote that stands in the
 *          way or never ends, more than the caps. What `each` fails with is handed on.
 */
MUST_CHECK bool csv_each(struct text bytes, const char *file, record_fn *each, void *self,
                         struct error *err);

#endif
