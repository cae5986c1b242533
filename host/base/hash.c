#include "base/hash.h"

/* FNV-1a over bytes with a final mix: stable, endian-free, good enough for tables. */
uint64_t hash_text(uint64_t start, struct text t)
{
    uint64_t h = start;

    for (size_t i = 0; i < t.size; i++) {
        h = (h ^ (unsigned char)t.at[i]) * UINT64_C(0x100000001b3);
    }
    h ^= h >> 32;
    h *= UINT64_C(0xd6e8feb86659fd93);
    h ^= h >> 32;
    return h;
}

uint64_t hash_part(uint64_t start, struct text t)
{
    uint64_t h = hash_text(start, t) ^ t.size;

    return h * UINT64_C(0x9e3779b97f4a7c15) + UINT64_C(0x632be59bd9b4e019);
}
