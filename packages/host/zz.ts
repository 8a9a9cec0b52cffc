import {componentWorld} from './src/component/component-world.ts';
import fs from 'node:fs';
const b=new Uint8Array(fs.readFileSync('/tmp/exp/go/orders.wasm'));
console.time();const w=componentWorld(b);console.timeEnd();
console.time();componentWorld(b);console.timeEnd();
console.dir(w.exports.get('shop:orders-exports/api'),{depth:9});
console.log([...w.imports.keys()]);
console.dir(w.imports.get('wasi:io/streams@0.2.12'),{depth:5});
