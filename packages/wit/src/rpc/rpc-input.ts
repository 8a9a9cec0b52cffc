/** WIT texts by their path inside a folder, with `/` between folders: `main.wit`, `deps/io/poll.wit`. */
export type WitTexts = ReadonlyMap<string, string>;

/** A component as remote procedure calls see it. */
export interface RpcComponent {
  /** `shop:orders` */
  readonly name: string;
  /** Its own WIT: one file with the package and its world, and maybe packages of its own under `deps/`. */
  readonly wit: WitTexts;
  /**
   * How error messages call the folder of its WIT.
   * @default the component's name
   */
  readonly folder?: string;
}

/** A component that can be called. */
export interface RpcTarget extends RpcComponent {
  readonly type: "durable" | "ephemeral";
}

export interface RpcInput {
  readonly component: RpcComponent;
  /**
   * As what other components call it: then its exports need names that a client can have.
   * @default nobody calls it
   */
  readonly calledAs?: RpcTarget["type"] | undefined;
  /** The components that it calls. */
  readonly dependencies: readonly RpcTarget[];
  /**
   * Further components of the application: a WIT may use the types of their exports.
   * @default none
   */
  readonly others?: readonly RpcComponent[];
  /** Packages of the platform, by path inside the folder that holds them: `io/poll.wit`. Only those needed are taken. */
  readonly platform: WitTexts;
}

/** Which worker component serves each resource of a client interface. */
export type RpcDynamicLinking = Readonly<
  Record<
    string,
    {
      readonly type: "WasmRpc";
      readonly targets: Readonly<Record<string, RpcLinkTarget>>;
    }
  >
>;

export interface RpcLinkTarget {
  readonly interfaceName: string;
  readonly componentName: string;
  readonly componentType: "Durable" | "Ephemeral";
}

export interface RpcWit {
  /** The folder `wit-generated`: `main.wit`, and one folder a package under `deps/`. */
  readonly files: WitTexts;
  /** `shop:cart/cart` */
  readonly world: string;
  /** By identifier of the client interface, e.g. `shop:orders-client/orders-client`. */
  readonly dynamicLinking: RpcDynamicLinking;
}
