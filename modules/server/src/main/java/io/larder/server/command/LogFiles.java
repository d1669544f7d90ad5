package io.larder.server.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import io.larder.protocol.conf.LogFile;
import io.larder.protocol.conf.LogLevel;
import io.larder.protocol.conf.LogSettings;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/// The log file of a role that runs from a conf file: `base_path/logs/trackerd.log` or `storaged.log`, as operators of
/// FastDFS know them, rotated as their conf says. The console shows the same lines.
final class LogFiles {
  private static final String PATTERN =
      "[%d{yyyy-MM-dd HH:mm:ss}] %-5level %logger{24} - %msg%n%ex{short}";

  private LogFiles() {}

  /// Starts writing the file; lives as long as the process.
  ///
  /// @param folder `base_path/logs`
  /// @param name the file's name
  static void start(Path folder, String name, LogSettings settings) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName(name);
    appender.setFile(folder.resolve(name).toString());
    appender.setEncoder(encoder);
    rotate(appender, context, folder.resolve(name), settings.file());
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(level(settings.level()));
  }

  private static void rotate(
      RollingFileAppender<ILoggingEvent> appender,
      LoggerContext context,
      Path file,
      LogFile settings) {
    String suffix = settings.compressAfterDays().isPresent() ? ".gz" : "";
    long sizeMax = settings.rotateOnSize().bytes();
    TimeBasedRollingPolicy<ILoggingEvent> policy;
    if (sizeMax > 0) {
      SizeAndTimeBasedRollingPolicy<ILoggingEvent> bySize = new SizeAndTimeBasedRollingPolicy<>();
      bySize.setMaxFileSize(new FileSize(sizeMax));
      bySize.setFileNamePattern(file + ".%d{yyyyMMdd}.%i" + suffix);
      policy = bySize;
    } else {
      policy = new TimeBasedRollingPolicy<>();
      policy.setFileNamePattern(
          file + (settings.rotateEveryDay() ? ".%d{yyyyMMdd}" : ".%d{yyyy}") + suffix);
    }
    policy.setMaxHistory(settings.keepDays());
    policy.setContext(context);
    policy.setParent(appender);
    policy.start();
    appender.setRollingPolicy(policy);
    appender.setTriggeringPolicy(policy);
  }

  private static Level level(LogLevel level) {
    return switch (level) {
      case EMERG, ALERT, CRIT, ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case NOTICE, INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
    };
  }
}
