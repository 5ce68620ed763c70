// SPDX-License-Identifier: Apache-2.0
/** Days of invented cities by a second hand, with other assumptions than {@link org.polias.pilots.cityday}: what fits both fits less by accident. */
@NullMarked
package org.polias.pilots.secondcity;

import org.jspecify.annotations.NullMarked;
