package io.larder.server.command;

import io.larder.protocol.conf.ConfException;
import io.larder.protocol.conf.ConfFile;
import io.larder.protocol.conf.ConfReport;
import io.larder.protocol.conf.EffectiveSettings;
import io.larder.protocol.conf.Overrides;
import io.larder.server.node.NodePlan;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What `larder tracker` and `larder storage` share: a conf file, its problems in the log, a node in the foreground.
final class RoleCommand {
  private static final Logger LOGGER = LoggerFactory.getLogger(RoleCommand.class);

  private RoleCommand() {}

  /// Turns the settings of a file into a plan.
  @FunctionalInterface
  interface Planner {
    NodePlan plan(EffectiveSettings settings);
  }

  static int run(ConfKind kind, Path file, Planner planner) {
    try {
      ConfFile read = ConfFile.read(new HostFiles(), file.toAbsolutePath().toString());
      EffectiveSettings settings = kind.settings(read, new Overrides(List.of(), System.getenv()));
      ConfReport report = kind.report(settings);
      if (report.hasErrors()) {
        throw CommandFailure.config(String.join("\n        ", report.explained()));
      }
      NodePlan plan = planner.plan(settings);
      startLog(plan);
      report.explained().forEach(problem -> LOGGER.warn("{}", problem));
      return Foreground.run(plan, node -> LOGGER.info("serving: {}", node.summary()));
    } catch (ConfException e) {
      throw CommandFailure.config(String.valueOf(e.getMessage()));
    }
  }

  private static void startLog(NodePlan plan) {
    plan.tracker()
        .ifPresent(part ->
            LogFiles.start(logs(part.conf().basePath()), "trackerd.log", part.conf().log()));
    plan.storage()
        .ifPresent(conf -> LogFiles.start(logs(conf.basePath()), "storaged.log", conf.log()));
  }

  private static Path logs(String basePath) {
    return Path.of(basePath, "logs");
  }
}
