/**
 * Who has something done to a worker: a name of one call, the same when that is made again because nobody was told of its
 * end. It is done once.
 */
export type CallId = string;
