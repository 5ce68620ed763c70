// SPDX-License-Identifier: Apache-2.0

/** A key as handlers name it: a lower-case letter, a digit, {@code ?}, {@code Enter}, {@code Escape}, {@code ArrowDown}, ... */
export type KeyHandler = (event: KeyboardEvent) => boolean | void;

interface Binding {
  readonly keys: ReadonlySet<string>;
  readonly handle: KeyHandler;
}

const bindings: Binding[] = [];

/** Letters go by what they write, whatever the layout; Caps Lock makes no difference. */
function keyOf(event: KeyboardEvent): string {
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

function isTyping(event: KeyboardEvent): boolean {
  return event.composedPath().some((node) => {
    if (!(node instanceof HTMLElement)) {
      return false;
    }
    return (
      node instanceof HTMLInputElement ||
      node instanceof HTMLTextAreaElement ||
      node instanceof HTMLSelectElement ||
      node instanceof HTMLDialogElement ||
      node.isContentEditable
    );
  });
}

/** Whether a key that a control under the focus would itself take should be left to it. */
function belongsToControl(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  const takesEnter = target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement;
  if (takesEnter && (event.key === 'Enter' || event.key === ' ')) {
    return true;
  }
  return target instanceof HTMLCanvasElement && event.key.startsWith('Arrow');
}

window.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || belongsToControl(event)) {
    return;
  }
  const key = keyOf(event);
  for (const binding of [...bindings].reverse()) {
    if (binding.keys.has(key) && binding.handle(event) !== false) {
      event.preventDefault();
      return;
    }
  }
});

/**
 * Calls {@code handle} when one of {@code keys} is pressed and no field or dialog has the focus. The latest binding comes first; one
 * that returns false leaves the key to the others.
 *
 * @return ends the binding
 */
export function bindKeys(keys: readonly string[], handle: KeyHandler): () => void {
  const binding: Binding = { keys: new Set(keys), handle };
  bindings.push(binding);
  return () => {
    const index = bindings.indexOf(binding);
    if (index >= 0) {
      bindings.splice(index, 1);
    }
  };
}
