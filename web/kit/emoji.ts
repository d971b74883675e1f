/** The emoji people use in a conversation, by group, with the words they are looked for by (English; the names are not shown). */

export type EmojiGroup = 'smileys' | 'gestures' | 'hearts' | 'things' | 'signs';
export interface Emoji {
  char: string;
  words: string;
}

const raw: Record<EmojiGroup, string> = {
  smileys:
    '😀 grin happy|😃 smile happy|😄 smile joy|😁 beam teeth|😅 sweat relief|😂 tears joy laugh|🤣 rolling laugh|🙂 slight smile|🙃 upside|😉 wink|😊 blush warm|😇 halo angel|🥰 love hearts|😍 heart eyes|😘 kiss|😋 yum tasty|😜 tongue wink|🤪 zany|🤗 hug|🤭 giggle|🤫 quiet hush|🤔 think hmm|🤐 zip|😐 neutral|😏 smirk|😒 unamused|🙄 eyes roll|😬 grimace|😌 relieved|😴 sleep|😷 mask ill|🤒 fever|🥳 party celebrate|😎 cool sun|🤓 nerd|😕 confused|😟 worried|🙁 frown|😮 oh wow|😲 astonished|🥺 please|😢 cry sad|😭 sob cry|😱 scream|😞 sad sorry|😓 sweat|😩 weary|😤 huff|😡 angry|🤯 mind blown|😳 flushed|🥲 bittersweet|🫠 melt|🫡 salute',
  gestures:
    '👍 thumbs up yes ok good|👎 thumbs down no|👌 ok perfect|🙏 thanks please pray|👏 clap bravo|🙌 hooray hands|🤝 handshake deal|👋 wave hello bye|✌️ peace|🤞 fingers crossed luck|🤟 love|👊 fist|💪 strong muscle|👀 eyes look|🫶 heart hands|👉 point right|👈 point left|👆 point up|👇 point down|☝️ one|✋ stop hand|🤷 shrug|🤦 facepalm|🙋 raise hand|🧑‍💻 computer work',
  hearts: '❤️ love red heart|🧡 orange heart|💛 yellow heart|💚 green heart|💙 blue heart|💜 purple heart|🖤 black heart|🤍 white heart|💔 broken heart|💖 sparkle heart|💯 hundred perfect|✨ sparkles|🔥 fire hot|⭐ star|🌟 glow star|🎉 party tada congratulations|🎊 confetti|🎁 gift present',
  things:
    '📦 parcel package order|🚚 delivery truck|🛒 cart shop|💳 card pay|🧾 receipt invoice|💶 euro money|📧 mail|📞 phone call|💬 speech message|📎 paperclip file|📄 document|🖼️ picture|📷 camera|💻 laptop|📱 mobile|🖥️ screen|🖨️ print|🔑 key|🔒 lock|🔧 wrench repair|🛠️ tools|⚙️ settings gear|🧵 thread|⛵ sail boat|⚓ anchor|🧭 compass|🌊 wave sea|☀️ sun|🌧️ rain|⏰ alarm clock|⏳ wait hourglass|📅 calendar date|☕ coffee|🍕 pizza|🎂 cake birthday|🏠 home|✈️ plane travel|🚗 car|🐶 dog|🐱 cat',
  signs: '✅ done check yes|☑️ check|❌ no cross wrong|❗ important|❓ question|⚠️ warning|🚫 forbidden|💡 idea|📌 pin|🔗 link|➡️ right arrow|⬅️ left arrow|⬆️ up|⬇️ down|🔄 again refresh|➕ plus|➖ minus|🆗 ok|🆕 new|🔴 red|🟠 orange|🟡 yellow|🟢 green|🔵 blue',
};

export const emojiGroups = Object.keys(raw) as EmojiGroup[];

export const emoji: Record<EmojiGroup, Emoji[]> = Object.fromEntries(
  Object.entries(raw).map(([group, list]) => [
    group,
    list.split('|').map((item) => {
      const gap = item.indexOf(' ');
      return { char: item.slice(0, gap), words: item.slice(gap + 1) };
    }),
  ]),
) as Record<EmojiGroup, Emoji[]>;

export const reactions = ['👍', '❤️', '😂', '🎉', '🙏', '👀'] as const;

export function findEmoji(query: string, limit = 40): Emoji[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return Object.values(emoji)
    .flat()
    .filter((e) => words.every((w) => e.words.includes(w)))
    .slice(0, limit);
}
