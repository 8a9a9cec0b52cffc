/** A shard's thread that takes no message: it sleeps in a call of the machine. */

Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
