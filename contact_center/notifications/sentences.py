"""What the service itself says to a citizen when the assistant cannot: in the person's language."""

SENTENCES = {
    "kept": {
        "ar": "وصلتنا رسالتك وهي محفوظة. عندنا تأخير بسيط الحين، وبنرد عليك هني أول ما نقدر. "
        "ما يحتاج إرسالها مرة ثانية.",
        "en": "We have your message and it is safe. There is a short delay; we will answer you here as soon as we can. "
        "No need to send it again.",
    },
    "outcome_accepted": {"ar": "مقبول", "en": "accepted"},
    "outcome_under_study": {"ar": "قيد الدراسة", "en": "under study"},
    "outcome_not_possible": {"ar": "ما يمكن تنفيذه حالياً", "en": "not possible at present"},
    "outcome_done": {"ar": "تنفذ", "en": "carried out"},
    "photo_link": {"ar": "الصورة: {link}", "en": "Photo: {link}"},
    "file_link": {"ar": "الملف: {link}", "en": "File: {link}"},
    "stopped": {
        "ar": "تم، ما راح نرسل لك شي هني. اللي انكتب محفوظ. للرجوع: START أو «تشغيل».",
        "en": "Done: we will send you nothing more here. What you wrote is kept. To return, send START.",
    },
    "started_again": {
        "ar": "تم، رجعت رسائلنا توصل لك هني.",
        "en": "Done: our messages reach you here again.",
    },
    "danger_after_stop": {
        "ar": "⚠️ إذا في خطر على أي أحد الحين، 999 فوراً. من هني ما نقدر نرسل إسعاف ولا إطفاء. "
        "رسائلنا بعدها موقفة مثل ما طلبت؛ للرجوع: START.",
        "en": "⚠️ If anyone is in danger, call 999 now. We cannot send an ambulance or the fire service. "
        "Our messages stay off, as you asked; to return, send START.",
    },
    "danger_after_stop_again": {
        "ar": "⚠️ 999 هو الأسرع: الاتصال عليه الحين قبل أي شي. هم يرسلون الإسعاف والإطفاء والشرطة.",
        "en": "⚠️ 999 is the fastest: please call it now. They send ambulance, fire service and police.",
    },
    "code_by_sms": {
        "ar": "رمز «تواصل»: {code}\nصالح 10 دقايق، وما أحد منا يسأل عنه.",
        "en": "Your Tawasul code: {code}\nIt is valid for 10 minutes. Nobody from us will ask for it.",
    },
    "share_location": {"ar": "مشاركة موقعي 📍", "en": "Share my location 📍"},
    "share_contact": {"ar": "مشاركة رقمي 📱", "en": "Share my number 📱"},
    "menu_start": {"ar": "البداية", "en": "Begin"},
    "menu_status": {"ar": "متابعة طلب برقمه", "en": "How a request stands"},
    "menu_cancel": {"ar": "إلغاء الطلب المفتوح", "en": "Cancel the open request"},
    "menu_language": {"ar": "العربي أو الإنجليزي", "en": "Arabic or English"},
    "menu_help": {"ar": "شنو ممكن نسوي هني", "en": "What we can do here"},
    "said_before": {"ar": "مثل ما قلنا: {text}", "en": "As we said: {text}"},
    "asked_before": {"ar": "نعيد السؤال: {text}", "en": "Once more: {text}"},
    "agent_took": {
        "ar": "معاك {agent} من مركز الاتصال 👋",
        "en": "You are now talking to {agent} from the contact centre 👋",
    },
    "agent_done": {
        "ar": "انتهى كلامك مع الموظف، وشكراً لتواصلك 🌷 وأي شي ثاني نكمله هني معاي، أنا المساعد الآلي.",
        "en": "Your talk with our staff has ended. Thank you for writing 🌷 For anything else I am here, "
        "the automated assistant.",
    },
    "reminder_about": {
        "ar": "طلبك عن «{subject}» محفوظ، بس ما انرسل بعد. باقي {missing}.",
        "en": "Your request about “{subject}” is kept, but not sent yet. Still needed: {missing}.",
    },
    "reminder": {
        "ar": "طلبك محفوظ، بس ما انرسل بعد. باقي {missing}.",
        "en": "Your request is kept, but not sent yet. Still needed: {missing}.",
    },
    "missing_description": {"ar": "وصف المشكلة", "en": "what the problem is"},
    "missing_case_type": {"ar": "نوع الطلب", "en": "the kind of request"},
    "missing_category": {"ar": "تأكيد الموضوع", "en": "the subject, to be confirmed"},
    "missing_area": {"ar": "المكان", "en": "the place"},
    "missing_address": {"ar": "العنوان أو علامة قريبة", "en": "the address, or something nearby"},
    "missing_attachments": {"ar": "الصور إن وجدت", "en": "photos, if there are any"},
    "missing_contact_name": {"ar": "الاسم، أو بدون اسم", "en": "a name, or none"},
    "missing_contact_phone": {"ar": "رقم التواصل، أو بدون رقم", "en": "a phone number, or none"},
    "missing_confirm": {"ar": "التأكيد بس", "en": "only your confirmation"},
    "missing_rest": {"ar": "شي بسيط", "en": "very little"},
    "go_on": {"ar": "نكمل", "en": "Go on"},
    "drop_it": {"ar": "إلغاء الطلب", "en": "Cancel it"},
    "rating_1": {"ar": "سيئ جداً", "en": "Very poor"},
    "rating_2": {"ar": "سيئ", "en": "Poor"},
    "rating_3": {"ar": "مقبول", "en": "Fair"},
    "rating_4": {"ar": "جيد", "en": "Good"},
    "rating_5": {"ar": "ممتاز", "en": "Excellent"},
    "not_handled": {
        "ar": "العذر منك، ما قدرنا نتعامل مع رسالتك الأخيرة. هي محفوظة عندنا، "
        "وممكن كتابتها بطريقة ثانية، أو على 80008001 موظف يساعدك.",
        "en": "Sorry, we could not deal with your last message. We have kept it. Please write it in another way, "
        "or call 80008001.",
    },
}


def sentence(name: str, language: str) -> str:
    """One sentence in `ar` or `en`; Arabic for anything else."""
    return SENTENCES[name].get(language, SENTENCES[name]["ar"])
