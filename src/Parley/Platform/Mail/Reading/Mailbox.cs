using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Platform.Mail.Reading;

/// <summary>One of a list of addresses (RFC 5322, 3.4, with what is obsolete and what is merely wrong).</summary>
/// <param name="Name">As whoever wrote it calls them; may be empty.</param>
/// <param name="Address">Empty where only a name was written.</param>
/// <param name="Group">The group it stands in; null: none.</param>
public sealed partial record Mailbox(string Name, string Address, string? Group = null)
{
    public static IReadOnlyList<Mailbox> Parse(string raw) => new Listing(raw).Read();

    /// <summary>Whether two addresses are one: whatever its letters are, and in which script the name of its machine is written (RFC 5891).</summary>
    public static bool IsSame(string one, string other) => Normal(one) == Normal(other);

    private static string Normal(string address)
    {
        var (bare, at) = (address.Trim().ToLowerInvariant(), address.Trim().LastIndexOf('@'));
        try
        {
            return bare.All(char.IsAscii) || at < 0 ? bare : $"{bare[..at]}@{new System.Globalization.IdnMapping().GetAscii(bare[(at + 1)..])}";
        }
        catch (ArgumentException)
        {
            return bare;
        }
    }

    /// <summary>One word of the list, and whether space stands before it.</summary>
    private readonly record struct Word(string Raw, string Text, bool IsApart, bool IsQuoted);

    [GeneratedRegex(@"\s+(?=[.@])|(?<=[.@])\s+")]
    private static partial Regex AroundDots();

    private sealed class Listing(string raw)
    {
        private readonly List<Mailbox> _found = [];
        private readonly List<Word> _words = [];
        private readonly List<string> _comments = [];
        private string? _angle;
        private string? _group;
        private string? _surname;
        private int _at;

        public IReadOnlyList<Mailbox> Read()
        {
            var isApart = false;
            while (_at < raw.Length && _found.Count < MailLimits.Mailboxes)
            {
                var letter = raw[_at];
                if (char.IsWhiteSpace(letter) || char.IsControl(letter))
                {
                    (_at, isApart) = (_at + 1, true);
                    continue;
                }

                Take(letter, isApart);
                isApart = false;
            }

            End(',');
            Surname();
            return _found;
        }

        private void Take(char letter, bool isApart)
        {
            switch (letter)
            {
                case ',':
                case ';':
                    _at++;
                    End(letter);
                    break;
                case ':' when _angle is null && _words.Count > 0 && !_words.Exists(word => word.Raw.Contains('@')):
                    _at++;
                    _group = Phrase();
                    _words.Clear();
                    _comments.Clear();
                    break;
                case ':' or ')' or '>':
                    _at++;
                    break;
                case '(':
                    _comments.Add(Comment());
                    break;
                case '<':
                    Angle();
                    break;
                case '"':
                    var text = Quoted();
                    _words.Add(new($"\"{text}\"", text, isApart, true));
                    break;
                default:
                    var atom = Atom();
                    _words.Add(new(atom, atom, isApart, false));
                    break;
            }
        }

        private string Atom()
        {
            var from = _at;
            if (EncodedWords.At(raw, _at, out var length))
            {
                _at += length;
                return raw[from.._at];
            }

            while (_at < raw.Length && !char.IsWhiteSpace(raw[_at]) && raw[_at] is not (',' or ';' or ':' or '<' or '>' or '(' or ')' or '"'))
            {
                // The address of a machine stands in brackets, with colons.
                _at = raw[_at] == '[' && raw.IndexOf(']', _at) is > 0 and var end && end - _at < 64 ? end + 1 : _at + 1;
            }

            return raw[from.._at];
        }

        private string Quoted()
        {
            var text = new StringBuilder();
            for (_at++; _at < raw.Length && raw[_at] != '"'; _at++)
            {
                _at += raw[_at] == '\\' && _at + 1 < raw.Length ? 1 : 0;
                text.Append(raw[_at]);
            }

            _at++;
            return text.ToString();
        }

        private string Comment()
        {
            var (text, depth) = (new StringBuilder(), 0);
            for (; _at < raw.Length; _at++)
            {
                if (raw[_at] == '\\' && _at + 1 < raw.Length)
                {
                    text.Append(raw[++_at]);
                    continue;
                }

                depth += raw[_at] switch { '(' => 1, ')' => -1, _ => 0 };
                if (depth == 0)
                {
                    _at++;
                    break;
                }

                text.Append(text.Length == 0 && depth == 1 && raw[_at] == '(' ? "" : raw[_at]);
            }

            return text.ToString();
        }

        /// <summary>What stands in angle brackets, without comments, spaces and the way it was to take (RFC 5322, 4.4).</summary>
        private void Angle()
        {
            var text = new StringBuilder();
            _at++;
            while (_at < raw.Length && raw[_at] is not ('>' or '<'))
            {
                if (raw[_at] == '(')
                {
                    Comment();
                }
                else if (raw[_at] == '"')
                {
                    text.Append('"').Append(Quoted()).Append('"');
                }
                else
                {
                    text.Append(char.IsWhiteSpace(raw[_at]) || char.IsControl(raw[_at]) ? "" : raw[_at]);
                    _at++;
                }
            }

            _at += _at < raw.Length && raw[_at] == '>' ? 1 : 0;
            var address = text.ToString();
            _angle ??= address is ['@', ..] && address.IndexOf(':', StringComparison.Ordinal) is > 0 and var route ? address[(route + 1)..] : address;
        }

        /// <summary>The end of one, and of the group after a semicolon.</summary>
        private void End(char sign)
        {
            if (_angle is not null)
            {
                var name = Named();
                var surname = name.Length > 0 && sign != ';' ? _surname : null;
                _surname = surname is null ? _surname : null;
                Surname();
                Add(surname is null ? name : $"{surname}, {name}", _angle.Trim('.', '\''));
            }
            else if (_words.Count > 0)
            {
                Surname();
                Bare();
            }

            _words.Clear();
            _comments.Clear();
            _angle = null;
            if (sign == ';')
            {
                Surname();
                _group = null;
            }
        }

        /// <summary>Without angle brackets: the word with the @ is the address, what stands around it a name.</summary>
        private void Bare()
        {
            var address = AroundDots().Replace(string.Concat(_words.Select(word => (word.IsApart ? " " : "") + (word.IsQuoted ? word.Raw.Replace(' ', '\u0001') : word.Raw))).Trim(), "").Split(' ').FirstOrDefault(word => word.LastIndexOf('@') > 0)?.Replace('\u0001', ' ');
            if (address is not null)
            {
                var rest = string.Join(' ', _words.Where(word => !word.Raw.Contains('@') && !address.Contains(word.Raw, StringComparison.Ordinal)).Select(word => word.Text));
                Add(Clean(rest.Length > 0 ? rest : _comments.FirstOrDefault() ?? ""), address.Trim('.', '\''));
            }
            else if (_words is [{ IsQuoted: false } single] && _comments.Count == 0 && !single.Text.StartsWith("=?", StringComparison.Ordinal))
            {
                // A user of the same machine; or a surname, and the rest comes behind the comma.
                _surname = single.Text;
            }
            else
            {
                Add(Named(), "");
            }
        }

        /// <summary>What looked like a surname was a user of the same machine.</summary>
        private void Surname()
        {
            if (_surname is { } alone)
            {
                _surname = null;
                Add("", alone);
            }
        }

        private void Add(string name, string address)
        {
            if (name.Length > 0 || address.Length > 0)
            {
                _found.Add(new(name, address, _group));
            }
        }

        private string Named() => _words.Count > 0 ? Phrase() : Clean(_comments.FirstOrDefault() ?? "");

        private string Phrase() => Clean(string.Concat(_words.Select(word => (word.IsApart ? " " : "") + word.Text)));

        private static string Clean(string name) => HeaderFields.OneLine(EncodedWords.Decode(name));
    }
}
