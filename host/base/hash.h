/*
 * 64-bit hash of bytes for tables and indexes; the same on every machine and in every version,
 * because it is stored. Not for signatures (crypto/ has those).
 */
#ifndef FERRY_BASE_HASH_H
#define FERRY_BASE_HASH_H

#include <stdint.h>

#include "base/text.h"

#define HASH_START UINT64_C(0x51ed270b9f5c3a11)

uint64_t hash_text(uint64_t start, struct text t);
/* For several parts: each part is followed by its size, so ("a","bc") differs from ("ab","c"). */
uint64_t hash_part(uint64_t start, struct text t);

#endif
