#pragma once

#include <type_traits>

#include <fmt/format.h>

#include "harness/model/text.h"

// Sentences with values in them, in both languages at once.
namespace touchstone {

inline Text& operator+=(Text& text, const Text& more) {
  text.zh += more.zh;
  text.en += more.en;
  return text;
}
inline Text operator+(Text text, const Text& more) {
  return text += more;
}

namespace detail {

template <class T>
constexpr bool kIsText = std::is_base_of_v<Text, std::remove_cvref_t<T>>;

// What of an argument belongs into a sentence: of a text the one in its language.
template <class T>
using Picked =
    std::conditional_t<kIsText<T>, const std::string&,
                       // fmt::join and the like: fmt takes them by value only
                       std::conditional_t<std::is_base_of_v<fmt::detail::view, T>, T, const T&>>;

template <class T>
Picked<T> picked(const T& value, [[maybe_unused]] Language language) {
  if constexpr (kIsText<T>)
    return language == Language::kZh ? value.zh : value.en;
  else
    return value;
}

}  // namespace detail

// said("{} 个节点", "{} hosts", count); an argument may be a Text. Chinese may need another order:
// {0}, {1}.
template <class... T>
Text said(fmt::format_string<detail::Picked<T>...> zh, fmt::format_string<detail::Picked<T>...> en,
          const T&... values) {
  return {fmt::vformat(zh, fmt::make_format_args(detail::picked(values, Language::kZh)...)),
          fmt::vformat(en, fmt::make_format_args(detail::picked(values, Language::kEn)...))};
}

}  // namespace touchstone
