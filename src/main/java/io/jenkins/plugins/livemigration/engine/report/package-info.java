/** Renderings of a judged result: terminal, JSON, CSV, JUnit XML, HTML. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.report;

import org.jspecify.annotations.NullMarked;
