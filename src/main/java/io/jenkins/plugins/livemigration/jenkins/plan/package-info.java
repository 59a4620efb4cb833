/** The plan's keys as parameters: what forms and scripts give, and how it is written into the plan. */
@NullMarked
package io.jenkins.plugins.livemigration.jenkins.plan;

import org.jspecify.annotations.NullMarked;
