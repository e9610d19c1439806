package dev.stemfleet.common.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.stemfleet.common.domain.ModelLayout;

/// Says what `kind` stands for which layout of a model.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @Type(value = ModelLayout.Waveform.class, name = ModelLayout.Waveform.KEY),
  @Type(value = ModelLayout.Hybrid.class, name = ModelLayout.Hybrid.KEY),
  @Type(value = ModelLayout.MdxNet.class, name = ModelLayout.MdxNet.KEY),
  @Type(value = ModelLayout.Mdx23c.class, name = ModelLayout.Mdx23c.KEY),
  @Type(value = ModelLayout.Roformer.class, name = ModelLayout.Roformer.KEY),
  @Type(value = ModelLayout.OpenUnmix.class, name = ModelLayout.OpenUnmix.KEY),
  @Type(value = ModelLayout.Spleeter.class, name = ModelLayout.Spleeter.KEY)
})
interface LayoutKinds {}
