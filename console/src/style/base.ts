// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** What every part of the console shares: box model, focus rings, buttons, fields, headings, scroll bars. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    font-variant-numeric: tabular-nums;
  }
  svg {
    flex: none;
  }
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ol,
  ul,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  ol,
  ul {
    list-style: none;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 1px;
  }
  * {
    scrollbar-width: thin;
    scrollbar-color: var(--line-strong) transparent;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 7px;
    min-height: 30px;
    padding: 0 11px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--raised);
    color: var(--text);
    white-space: nowrap;
    cursor: pointer;
  }
  button:hover:not(:disabled) {
    background: var(--hover);
  }
  button:active:not(:disabled) {
    background: var(--pressed);
  }
  button:disabled {
    color: var(--text-faint);
    border-color: var(--line);
    cursor: default;
    opacity: 0.62;
  }
  button.primary {
    background: #cfdbe4;
    border-color: #cfdbe4;
    color: #10161a;
    font-weight: 600;
  }
  button.primary:hover:not(:disabled) {
    background: #e6eef4;
  }
  button.plain {
    background: transparent;
    border-color: transparent;
  }
  button.plain:hover:not(:disabled) {
    background: var(--hover);
  }
  button.danger {
    border-color: #7d3b39;
    color: #ffb3ae;
  }
  input,
  select,
  textarea {
    width: 100%;
    min-height: 34px;
    padding: 6px 10px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--ground);
    color: var(--text);
  }
  input::placeholder,
  textarea::placeholder {
    color: var(--text-faint);
  }
  input[type='radio'],
  input[type='checkbox'] {
    width: 15px;
    height: 15px;
    min-height: 0;
    margin: 0;
    accent-color: var(--accent);
  }
  textarea {
    resize: vertical;
    min-height: 74px;
    line-height: 1.45;
  }
  kbd {
    display: inline-block;
    min-width: 17px;
    padding: 0 4px;
    border: 1px solid var(--line-strong);
    border-radius: 4px;
    color: var(--text-quiet);
    font: 600 10.5px/15px var(--font);
    text-align: center;
  }
  .heading {
    font-size: 11px;
    font-weight: 600;
    letter-spacing: 0.06em;
    text-transform: uppercase;
    color: var(--text-faint);
  }
  .quiet {
    color: var(--text-quiet);
  }
  .faint {
    color: var(--text-faint);
  }
  .mono {
    font-family: var(--mono);
    font-size: 0.92em;
  }
  .ellipsis {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .tag {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    height: 17px;
    padding: 0 6px;
    border: 1px solid var(--line-strong);
    border-radius: 4px;
    color: var(--text-quiet);
    font-size: 10.5px;
    font-weight: 600;
    letter-spacing: 0.04em;
    line-height: 1;
    text-transform: uppercase;
    white-space: nowrap;
  }
  .tag.exercise {
    border-color: #6a5aa8;
    background: var(--exercise-ground);
    color: var(--exercise);
  }
  .skeleton {
    border-radius: 4px;
    background: var(--raised);
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  .spinner {
    width: 13px;
    height: 13px;
    flex: none;
    border: 2px solid currentColor;
    border-right-color: transparent;
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.001s !important;
      animation-iteration-count: 1 !important;
      transition-duration: 0.001s !important;
    }
    .spinner {
      border-right-color: currentColor;
      border-style: dotted;
    }
  }
`;
