/** Sizes of a network: `inputs` numbers a step, `layers` layers of `hidden` cells each, one number out. */
export interface LstmShape {
  readonly inputs: number;
  readonly hidden: number;
  readonly layers: number;
}

/** Memory of the cells between two steps: outputs and cell states of all layers. */
export interface LstmState {
  readonly h: Float64Array;
  readonly c: Float64Array;
}

/** Width of a row of weights of a layer: its inputs, its own last outputs, and 1 for the bias. */
function widthOf({ inputs, hidden }: LstmShape, layer: number): number {
  return (layer === 0 ? inputs : hidden) + hidden + 1;
}

/** Number of weights; by layer 4 · hidden rows (input, forget, candidate and output gates), then the output's row. */
export function weightCount(shape: LstmShape): number {
  let count = shape.hidden + 1;
  for (let l = 0; l < shape.layers; l++) count += 4 * shape.hidden * widthOf(shape, l);
  return count;
}

export function emptyState({ hidden, layers }: LstmShape): LstmState {
  return { h: new Float64Array(hidden * layers), c: new Float64Array(hidden * layers) };
}

export function copyState({ h, c }: LstmState): LstmState {
  return { h: h.slice(), c: c.slice() };
}

/**
 * Starting weights: uniform within ±1/√hidden, forget gates biased to 1 (Gers et al. 2000: remember at first), and an output of
 * zero, so that an untrained network predicts nothing beyond what it is added to.
 */
export function startingWeights(shape: LstmShape, random: () => number): Float64Array {
  const { hidden, layers } = shape;
  const weights = new Float64Array(weightCount(shape));
  const range = 1 / Math.sqrt(hidden);
  let at = 0;
  for (let l = 0; l < layers; l++) {
    const width = widthOf(shape, l);
    for (let row = 0; row < 4 * hidden; row++) {
      for (let i = 0; i < width - 1; i++) weights[at++] = range * (2 * random() - 1);
      weights[at++] = row >= hidden && row < 2 * hidden ? 1 : 0;
    }
  }
  return weights;
}

export interface LstmNetwork {
  /**
   * Runs over consecutive steps and keeps what `backward` needs.
   *
   * @param x     inputs of all steps, `inputs` numbers each.
   * @param from  first step, and `count` of them, at most `longest`.
   * @param state moved on in place.
   * @param out   outputs of all steps; those of these steps are written.
   */
  forward(
    weights: Float64Array,
    x: Float64Array,
    from: number,
    count: number,
    state: LstmState,
    out: Float64Array,
  ): void;
  /**
   * Gradient of a loss over the steps of the last `forward`, back to its first step and no further (truncated
   * back-propagation through time).
   *
   * @param slopes   derivative of the loss by each of the `count` outputs.
   * @param gradient overwritten.
   */
  backward(weights: Float64Array, slopes: Float64Array, gradient: Float64Array): void;
}

/**
 * A long short-term memory network.
 *
 * @param longest steps that one `forward` can take.
 *
 * Cost: `weightCount` products a step forward, twice that backward; memory 8 · layers · (inputs + 8 · hidden) bytes a step.
 * Source: Hochreiter & Schmidhuber (1997) with the forget gate of Gers, Schmidhuber & Cummins (2000), equations 1 to 6.
 */
export function createLstmNetwork(shape: LstmShape, longest: number): LstmNetwork {
  const { inputs, hidden: H, layers } = shape;
  const tape = Array.from({ length: layers }, (_, l) => ({
    width: widthOf(shape, l),
    /** What each step multiplied the weights with. */
    read: new Float64Array(longest * widthOf(shape, l)),
    gates: new Float64Array(longest * 4 * H),
    before: new Float64Array(longest * H),
    curved: new Float64Array(longest * H),
    given: new Float64Array(longest * H),
  }));
  const offsets = tape.map((_, l) =>
    tape.slice(0, l).reduce((sum, { width }) => sum + 4 * H * width, 0),
  );
  const outputAt = tape.reduce((sum, { width }) => sum + 4 * H * width, 0);
  let steps = 0;

  function forward(
    weights: Float64Array,
    x: Float64Array,
    from: number,
    count: number,
    { h, c }: LstmState,
    out: Float64Array,
  ): void {
    steps = count;
    for (let t = 0; t < count; t++) {
      for (let l = 0; l < layers; l++) {
        const { width, read, gates, before, curved, given } = tape[l]!;
        const row = t * width;
        if (l === 0) for (let i = 0; i < inputs; i++) read[row + i] = x[(from + t) * inputs + i]!;
        else for (let i = 0; i < H; i++) read[row + i] = h[(l - 1) * H + i]!;
        const own = row + width - H - 1;
        for (let i = 0; i < H; i++) read[own + i] = h[l * H + i]!;
        read[row + width - 1] = 1;
        const z = t * 4 * H;
        for (let r = 0; r < 4 * H; r++) {
          const w = offsets[l]! + r * width;
          let sum = 0;
          for (let i = 0; i < width; i++) sum += weights[w + i]! * read[row + i]!;
          gates[z + r] = r >= 2 * H && r < 3 * H ? Math.tanh(sum) : 1 / (1 + Math.exp(-sum));
        }
        for (let i = 0; i < H; i++) {
          const cell = l * H + i;
          before[t * H + i] = c[cell]!;
          c[cell] = gates[z + H + i]! * c[cell]! + gates[z + i]! * gates[z + 2 * H + i]!;
          curved[t * H + i] = Math.tanh(c[cell]!);
          h[cell] = gates[z + 3 * H + i]! * curved[t * H + i]!;
          given[t * H + i] = h[cell]!;
        }
      }
      let sum = weights[outputAt + H]!;
      for (let i = 0; i < H; i++) sum += weights[outputAt + i]! * h[(layers - 1) * H + i]!;
      out[from + t] = sum;
    }
  }

  function backward(weights: Float64Array, slopes: Float64Array, gradient: Float64Array): void {
    gradient.fill(0);
    const dh = new Float64Array(layers * H);
    const dc = new Float64Array(layers * H);
    const dz = new Float64Array(4 * H);
    for (let t = steps - 1; t >= 0; t--) {
      const slope = slopes[t]!;
      const top = tape[layers - 1]!;
      for (let i = 0; i < H; i++) {
        gradient[outputAt + i]! += slope * top.given[t * H + i]!;
        dh[(layers - 1) * H + i]! += slope * weights[outputAt + i]!;
      }
      gradient[outputAt + H]! += slope;
      for (let l = layers - 1; l >= 0; l--) {
        const { width, read, gates, before, curved } = tape[l]!;
        const z = t * 4 * H;
        for (let i = 0; i < H; i++) {
          const cell = l * H + i;
          const input = gates[z + i]!;
          const forget = gates[z + H + i]!;
          const candidate = gates[z + 2 * H + i]!;
          const output = gates[z + 3 * H + i]!;
          const bent = curved[t * H + i]!;
          const d = dc[cell]! + dh[cell]! * output * (1 - bent * bent);
          dz[i] = d * candidate * input * (1 - input);
          dz[H + i] = d * before[t * H + i]! * forget * (1 - forget);
          dz[2 * H + i] = d * input * (1 - candidate * candidate);
          dz[3 * H + i] = dh[cell]! * bent * output * (1 - output);
          dc[cell] = d * forget;
          dh[cell] = 0;
        }
        const row = t * width;
        const own = width - H - 1;
        for (let r = 0; r < 4 * H; r++) {
          const d = dz[r]!;
          if (d === 0) continue;
          const w = offsets[l]! + r * width;
          for (let i = 0; i < width; i++) gradient[w + i]! += d * read[row + i]!;
          for (let i = 0; i < H; i++) dh[l * H + i]! += d * weights[w + own + i]!;
          if (l > 0) for (let i = 0; i < H; i++) dh[(l - 1) * H + i]! += d * weights[w + i]!;
        }
      }
    }
  }

  return { forward, backward };
}
