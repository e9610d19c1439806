package dev.stemfleet.common.media;

import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INP;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_LANCZOS;

import dev.stemfleet.common.domain.Picture;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/// Makes pictures of one size from decoded ones: scaled until they fill it, the middle cut out,
/// never stretched. One thread at a time; the caller closes.
final class LoopScaler implements AutoCloseable {
  private static final int OPAQUE = 0xFF;

  /// Videos that do not say how their colours are meant: small ones as television had it.
  private static final int SMALLEST_HD_HEIGHT = 720;

  private final NativeHandles handles = new NativeHandles();
  private final String name;
  private final int width;
  private final int height;
  private final SwsContext context;
  private final AVFrame scaled;

  /// @param name for messages
  LoopScaler(String name, int width, int height) {
    this.name = name;
    this.width = width;
    this.height = height;
    context = handles.own(swscale.sws_alloc_context(), c -> swscale.sws_free_context(c));
    context.flags(SWS_LANCZOS | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP);
    scaled = handles.own(avutil.av_frame_alloc(), avutil::av_frame_free);
  }

  Picture picture(AVFrame frame) {
    double shownWidth = frame.width() * pixelShape(frame);
    double factor = Math.max(width / shownWidth, (double) height / frame.height());
    shape(
        Math.max(width, (int) Math.round(shownWidth * factor)),
        Math.max(height, (int) Math.round(frame.height() * factor)));
    if (frame.colorspace() == avutil.AVCOL_SPC_UNSPECIFIED) {
      frame.colorspace(
          frame.height() >= SMALLEST_HD_HEIGHT
              ? avutil.AVCOL_SPC_BT709
              : avutil.AVCOL_SPC_SMPTE170M);
    }
    if (swscale.sws_scale_frame(context, scaled, frame) < 0) {
      throw LoopFailure.unreadable(name, "its pictures have a form that cannot be shown");
    }
    return middle();
  }

  private static double pixelShape(AVFrame frame) {
    AVRational shape = frame.sample_aspect_ratio();
    return shape.num() > 0 && shape.den() > 0 ? avutil.av_q2d(shape) : 1;
  }

  private void shape(int scaledWidth, int scaledHeight) {
    if (scaled.width() == scaledWidth && scaled.height() == scaledHeight) {
      return;
    }
    avutil.av_frame_unref(scaled);
    scaled.format(avutil.AV_PIX_FMT_BGRA);
    scaled.width(scaledWidth);
    scaled.height(scaledHeight);
    scaled.colorspace(avutil.AVCOL_SPC_RGB);
    scaled.color_range(avutil.AVCOL_RANGE_JPEG);
    if (avutil.av_frame_get_buffer(scaled, 0) < 0) {
      throw new OutOfMemoryError("FFmpeg could not allocate");
    }
  }

  private Picture middle() {
    int stride = scaled.linesize(0) / Integer.BYTES;
    IntBuffer rows =
        scaled
            .data(0)
            .capacity((long) scaled.linesize(0) * scaled.height())
            .asByteBuffer()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asIntBuffer();
    int left = (scaled.width() - width) / 2;
    int top = (scaled.height() - height) / 2;
    int[] argb = new int[width * height];
    for (int y = 0; y < height; y++) {
      rows.get((top + y) * stride + left, argb, y * width, width);
    }
    premultiply(argb);
    return new Picture(width, height, argb);
  }

  private static void premultiply(int[] argb) {
    for (int i = 0; i < argb.length; i++) {
      int alpha = argb[i] >>> 24;
      if (alpha != OPAQUE) {
        argb[i] =
            alpha << 24
                | part(argb[i], alpha, 16) << 16
                | part(argb[i], alpha, 8) << 8
                | part(argb[i], alpha, 0);
      }
    }
  }

  private static int part(int pixel, int alpha, int shift) {
    return ((pixel >> shift & 0xFF) * alpha + OPAQUE / 2) / OPAQUE;
  }

  @Override
  public void close() {
    handles.close();
  }
}
