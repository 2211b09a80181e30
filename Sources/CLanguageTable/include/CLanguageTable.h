#ifndef SIGILO_LANGUAGE_TABLE_H
#define SIGILO_LANGUAGE_TABLE_H

// The weights of the language model, one signed byte each: figures that `language-trainer` wrote, no text.
const signed char *_Nonnull sigilo_language_table(void);
long sigilo_language_table_size(void);

#endif
