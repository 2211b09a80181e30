#include "CLanguageTable.h"

// A million numbers as a Swift or C literal would cost minutes to compile; `#embed` costs nothing. It is C23, which this
// compiler reads in every mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char table[] = {
#embed "language-table.bin"
};

const signed char *sigilo_language_table(void) { return (const signed char *)table; }

long sigilo_language_table_size(void) { return sizeof(table); }
