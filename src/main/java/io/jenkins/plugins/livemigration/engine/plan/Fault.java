package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.text.Message;

/** What is wrong with a value, and what would be right. */
record Fault(Message what, Message remedy) {}
