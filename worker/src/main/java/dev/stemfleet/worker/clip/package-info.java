/// Clips: decoded, scaled, immutable pictures ready to be drawn, loaded once and kept.
///
/// Files are read, decoded and scaled here; the five caches (background, thumbnail, watermark, icon
/// and base) live here. The only room with Ehcache and with picture decoders. It knows neither how
/// frames are drawn nor where assets lie: both are given to it ([BaseDrawing], [PictureFiles]). The
/// job's room calls it, once per job.
@NullMarked
package dev.stemfleet.worker.clip;

import org.jspecify.annotations.NullMarked;
