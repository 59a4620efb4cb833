/** Migration labs: hosts with their credentials, and who may use them. */
@NullMarked
package io.jenkins.plugins.livemigration.jenkins.config;

import org.jspecify.annotations.NullMarked;
