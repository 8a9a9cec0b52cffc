/** The web's `TextDecoderStream`: bytes in, text out. */
export class TextDecoderStream {
  readonly readable: ReadableStream<string>;
  readonly writable: WritableStream<BufferSource>;
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;

  constructor(label = "utf-8", options: TextDecoderOptions = {}) {
    const decoder = new TextDecoder(label, options);
    const pass = (text: string, controller: TransformStreamDefaultController<string>): void => {
      if (text !== "") controller.enqueue(text);
    };
    const { readable, writable } = new TransformStream<BufferSource, string>({
      transform: (chunk, controller) => pass(decoder.decode(chunk, { stream: true }), controller),
      flush: (controller) => pass(decoder.decode(), controller),
    });
    this.readable = readable;
    this.writable = writable;
    this.encoding = decoder.encoding;
    this.fatal = decoder.fatal;
    this.ignoreBOM = decoder.ignoreBOM;
  }

  get [Symbol.toStringTag](): string {
    return "TextDecoderStream";
  }
}

/** The web's `TextEncoderStream`: text in, UTF-8 out. A pair of surrogates may come in two pieces. */
export class TextEncoderStream {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<string>;
  readonly encoding = "utf-8";

  constructor() {
    const encoder = new TextEncoder();
    let half = "";
    const { readable, writable } = new TransformStream<unknown, Uint8Array>({
      transform(chunk, controller) {
        const text = half + String(chunk);
        half = /[\uD800-\uDBFF]$/.test(text) ? text.slice(-1) : "";
        const whole = text.slice(0, text.length - half.length);
        if (whole !== "") controller.enqueue(encoder.encode(whole));
      },
      flush(controller) {
        if (half !== "") controller.enqueue(encoder.encode(half));
      },
    });
    this.readable = readable;
    this.writable = writable;
  }

  get [Symbol.toStringTag](): string {
    return "TextEncoderStream";
  }
}
