// SPDX-License-Identifier: Apache-2.0
package org.polias.model.response;

/**
 * One step of a playbook.
 *
 * @param role who does it
 * @param action what is to be done, in a sentence
 */
public record PlaybookStep(String role, String action) {}
