/* The memo plugin, misbehaving as the document says: for the tests of the host. */
#define MEMO_WITHOUT_ENTRY
#include "../../../plugins/example-c/memo.c"

#include <signal.h>
#include <unistd.h>

/* Far deeper than any stack. */
static int deep(int n) {
  volatile char room[4096];
  room[0] = (char)n;
  return n == -1 ? 0 : deep(n + 1) + room[0];
}

static int memo_extract(FindingsSlice request, FindingsBuffer *answer) {
  char word[64], reference[64];
  Part json = {(const char *)request.data, request.len};
  if (member(json, "document").data == NULL) return say(answer, FINDINGS_BAD_REQUEST, "this is no text model");
  word_after(json, "Please ", word, sizeof word);
  word_after(json, "Memo reference: ", reference, sizeof reference);
  if (strcmp(word, "die") == 0) raise(SIGKILL);
  if (strcmp(word, "hang") == 0) for (;;) sleep(1000);
  if (strcmp(word, "abort") == 0) abort();
  if (strcmp(word, "recurse") == 0) return deep(0);
  if (strcmp(word, "exit") == 0) exit(0);
  if (strcmp(word, "grow") == 0)
    for (;;) {
      char *more = malloc(1 << 26);
      if (more == NULL) {
        perror("malloc");
        abort();
      }
      more[0] = 1;
    }
  if (strcmp(word, "babble") == 0) return say(answer, FINDINGS_OK, "{\"schema\": rubbish");
  if (strcmp(word, "number") == 0) return 77;
  if (strcmp(word, "decline") == 0) return FINDINGS_NOT_MINE;
  if (strcmp(word, "flood") == 0) {
    size_t len = 80u << 20;
    answer->data = malloc(len);
    if (answer->data == NULL) return FINDINGS_FAILED;
    memset(answer->data, ' ', len);
    answer->len = len;
    return FINDINGS_OK;
  }
  if (strcmp(word, "print") == 0) {
    /* A gigabyte to standard output, where the answers go. */
    static char block[1 << 16];
    memset(block, 'x', sizeof block);
    for (int i = 0; i < 1 << 14; i++)
      if (write(1, block, sizeof block) < 0) break;
  }
  if (strcmp(word, "invent") == 0) return record(json, reference, "words that stand nowhere in it", answer);
  if (strcmp(word, "lie") == 0) return record(json, "ZZ-99", reference, answer);
  return record(json, reference, reference, answer);
}
