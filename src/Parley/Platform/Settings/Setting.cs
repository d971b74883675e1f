using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Parley.Platform.Settings;

/// <summary>One setting, as its section's record declares it: the parameter's name, type, default, description and range.</summary>
public sealed class Setting
{
    private readonly RangeAttribute? _range;

    internal Setting(string section, ParameterInfo parameter)
    {
        Key = $"{section}.{Camel(parameter.Name!)}";
        Type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        Default = parameter.HasDefaultValue ? parameter.DefaultValue : throw new ArgumentException($"Setting {Key} has no default.");
        Description = parameter.GetCustomAttribute<DescriptionAttribute>()?.Description ?? throw new ArgumentException($"Setting {Key} has no description.");
        Secret = parameter.GetCustomAttribute<PasswordPropertyTextAttribute>() is not null;
        _range = parameter.GetCustomAttribute<RangeAttribute>();
    }

    /// <summary>Its name everywhere: <c>desk.queueLimit</c>; in the environment <c>PARLEY__DESK__QUEUELIMIT</c>.</summary>
    public string Key { get; }

    public Type Type { get; }

    public object? Default { get; }

    public string Description { get; }

    /// <summary>Never shown by <c>parley config</c>.</summary>
    public bool Secret { get; }

    public string Kind => Type switch
    {
        _ when Type.IsEnum => string.Join("|", Enum.GetNames(Type).Select(Camel)),
        _ when Type == typeof(bool) => "true|false",
        _ when Type == typeof(int) || Type == typeof(long) => _range is null ? "number" : $"{_range.Minimum}–{_range.Maximum}",
        _ when Type == typeof(string[]) => "list",
        _ => "text",
    };

    /// <exception cref="SettingWrong">The text is no value of this setting.</exception>
    internal object? Read(string text, string source)
    {
        var value = text.Trim();
        if (Type == typeof(string))
        {
            return value.Length == 0 ? Default : value;
        }

        if (Type == typeof(string[]))
        {
            return value.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries);
        }

        if (Type == typeof(bool) && bool.TryParse(value, out var yes))
        {
            return yes;
        }

        if (Type.IsEnum && !char.IsDigit(value.FirstOrDefault('0')) && Enum.TryParse(Type, value, ignoreCase: true, out var word))
        {
            return word;
        }

        if ((Type == typeof(int) || Type == typeof(long)) && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= Convert.ToInt64(_range?.Minimum ?? int.MinValue, CultureInfo.InvariantCulture)
            && number <= Convert.ToInt64(_range?.Maximum ?? int.MaxValue, CultureInfo.InvariantCulture))
        {
            return Convert.ChangeType(number, Type, CultureInfo.InvariantCulture);
        }

        throw new SettingWrong($"{source}: {Key} is '{value}', and must be {Kind}.");
    }

    /// <summary>An enum's value as it is written in settings.</summary>
    public static string Word(Enum value) => Camel(value.ToString());

    internal static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

/// <summary>A setting that cannot be used. The message is one line that says where it is and how to mend it.</summary>
public sealed class SettingWrong(string message) : Exception(message);

/// <summary>A group of settings: one record with a default for every parameter of its constructor.</summary>
public sealed record SettingsSection(string Name, Type Record)
{
    public IReadOnlyList<Setting> Settings { get; } = [.. Constructor(Record).GetParameters().Select(parameter => new Setting(Name, parameter))];

    public static SettingsSection Of<T>(string name)
        where T : class => new(name, typeof(T));

    internal object Make(IEnumerable<object?> values) => Constructor(Record).Invoke([.. values]);

    private static ConstructorInfo Constructor(Type record) => record.GetConstructors().Single(constructor => constructor.GetParameters() is not [var only] || only.ParameterType != record);
}
