/// The FastDFS conf files: their syntax, every known setting as a row of a table, and typed records of what they say.
///
/// Reading goes [io.larder.protocol.conf.ConfFile] (text to items) → [io.larder.protocol.conf.EffectiveSettings] (items, environment and command
/// line against a [io.larder.protocol.conf.SettingsTable]) → a record such as [io.larder.protocol.conf.TrackerConf]. Nothing here opens a file,
/// asks the host for its addresses, runs a command or logs: the caller passes a [io.larder.protocol.conf.ConfSource] in
/// and gets problems back as data. Sections of other rooms are rows that those rooms own and register.
@NullMarked
package io.larder.protocol.conf;

import org.jspecify.annotations.NullMarked;
