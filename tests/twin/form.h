/* Fields of an application/x-www-form-urlencoded body. */
#ifndef FERRY_TWIN_FORM_H
#define FERRY_TWIN_FORM_H

#include "base/base.h"

/* "" when absent; decoded, cut at size. Returns out. */
const char *form_field(struct text body, const char *name, char *out, size_t size);

#endif
